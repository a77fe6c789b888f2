-- Written by tests/checks/grants.py --write: what the code of scoring does with each table.
GRANT SELECT, INSERT ON assessment_duties TO @user@;
GRANT SELECT, INSERT ON assessment_rounds TO @user@;
GRANT SELECT, INSERT, UPDATE ON assessments TO @user@;
GRANT SELECT, INSERT, UPDATE ON criteria_sets TO @user@;
GRANT SELECT, INSERT ON dossier_chunks TO @user@;
GRANT SELECT, INSERT ON dossier_history TO @user@;
GRANT SELECT, INSERT, UPDATE ON dossier_imports TO @user@;
GRANT SELECT, INSERT, UPDATE ON dossier_sources TO @user@;
GRANT SELECT, INSERT, UPDATE ON dossier_summary TO @user@;
GRANT SELECT, INSERT, UPDATE ON dossiers TO @user@;
GRANT SELECT, INSERT ON explanation_evidence TO @user@;
GRANT SELECT, INSERT ON explanations TO @user@;
GRANT SELECT, INSERT, UPDATE ON publications TO @user@;
GRANT SELECT, INSERT, UPDATE ON rankings TO @user@;
GRANT SELECT, INSERT, UPDATE, DELETE ON report_records TO @user@;
GRANT SELECT, INSERT ON round_field_leads TO @user@;
GRANT SELECT, INSERT ON score_entries TO @user@;
GRANT SELECT, INSERT ON score_evidence TO @user@;
