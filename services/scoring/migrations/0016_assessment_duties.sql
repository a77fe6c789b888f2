-- Who acted on which side of an assessment: for the unit (self-score, submit) or as its judge (compute again, appraise,
-- return, finalise). Nobody acts on both sides of a unit in a year (R-SCO-26); a return leaves no score entry that
-- would tell.
CREATE TABLE assessment_duties (
  assessment_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  actor VARCHAR(128) NOT NULL,
  side VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (assessment_id, actor, side),
  CONSTRAINT assessment_duties_side CHECK (side IN ('UNIT', 'JUDGE'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
-- A computation at the submission has no reason, a later one always has.
INSERT IGNORE INTO assessment_duties (assessment_id, actor, side)
  SELECT assessment_id, actor, 'UNIT' FROM score_entries WHERE layer = 'SELF';
INSERT IGNORE INTO assessment_duties (assessment_id, actor, side)
  SELECT assessment_id, submitted_by, 'UNIT' FROM assessments WHERE submitted_by <> '';
INSERT IGNORE INTO assessment_duties (assessment_id, actor, side)
  SELECT assessment_id, actor, 'JUDGE' FROM score_entries
  WHERE layer IN ('APPRAISED', 'FINAL') OR (layer = 'COMPUTED' AND reason <> '');
