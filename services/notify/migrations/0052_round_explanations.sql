-- When the units of a round explain what the appraisal found; no row for a round without an explanation.
CREATE TABLE round_explanations (
  round_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  plan_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title VARCHAR(300) NOT NULL,
  start_date DATE NOT NULL,
  end_date DATE NOT NULL,
  PRIMARY KEY (round_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
