-- Rounds: which units are assessed by which criteria set, when.
CREATE TABLE assessment_rounds (
  round_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  criteria_set_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  plan_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title VARCHAR(300) NOT NULL,
  block VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  year SMALLINT UNSIGNED NOT NULL,
  period_start DATE NOT NULL,
  period_end DATE NOT NULL,
  self_score_start DATE NOT NULL,
  self_score_end DATE NOT NULL,
  appraisal_start DATE NOT NULL,
  appraisal_end DATE NOT NULL,
  created_at DATETIME(6) NOT NULL,
  row_version INT UNSIGNED NOT NULL,
  PRIMARY KEY (round_id),
  KEY assessment_rounds_unit (unit_id, block, year)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
