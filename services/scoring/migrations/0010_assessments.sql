-- The assessment of one unit in one round. last_entry counts its score entries; it orders them. returned: given back
-- to the unit, which may then score after its window.
CREATE TABLE assessments (
  assessment_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  round_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  last_entry INT UNSIGNED NOT NULL,
  returned TINYINT UNSIGNED NOT NULL,
  submitted_by VARCHAR(128) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  row_version INT UNSIGNED NOT NULL,
  PRIMARY KEY (assessment_id),
  UNIQUE KEY assessments_round (round_id, unit_id),
  KEY assessments_unit (unit_id),
  CONSTRAINT assessments_state CHECK (state IN ('DRAFT', 'SUBMITTED', 'APPRAISED', 'FINALISED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
