-- When units explain (giải trình) what the appraisal found; both NULL in a round without an explanation. What was
-- explained is EXPLAINED, then, answered, REAPPRAISED; each answer is a score of the layer REAPPRAISED.
ALTER TABLE assessment_rounds
  ADD COLUMN explanation_start DATE NULL AFTER appraisal_end,
  ADD COLUMN explanation_end DATE NULL AFTER explanation_start,
  ADD CONSTRAINT assessment_rounds_explanation CHECK ((explanation_start IS NULL) = (explanation_end IS NULL));
ALTER TABLE assessments DROP CONSTRAINT assessments_state;
ALTER TABLE assessments
  ADD CONSTRAINT assessments_state
  CHECK (state IN ('DRAFT', 'SUBMITTED', 'APPRAISED', 'EXPLAINED', 'REAPPRAISED', 'FINALISED'));
ALTER TABLE score_entries DROP CONSTRAINT score_entries_layer;
ALTER TABLE score_entries
  ADD CONSTRAINT score_entries_layer CHECK (layer IN ('SELF', 'COMPUTED', 'APPRAISED', 'REAPPRAISED', 'FINAL'));
