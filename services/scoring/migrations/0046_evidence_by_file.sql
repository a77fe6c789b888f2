-- Who may read a file is asked by the file: which assessments it is evidence of.
ALTER TABLE score_evidence ADD KEY score_evidence_file (file_id);
ALTER TABLE explanation_evidence ADD KEY explanation_evidence_file (file_id);
