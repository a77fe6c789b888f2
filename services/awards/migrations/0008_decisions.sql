-- number_key and number_year are NULL until the issue: a number is used once by an issuer in a year.
CREATE TABLE decisions (
  decision_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  plan_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  awarding_authority VARCHAR(300) NOT NULL,
  citation VARCHAR(600) NOT NULL,
  place VARCHAR(100) NOT NULL,
  number VARCHAR(100) NOT NULL,
  number_key VARCHAR(100) NULL,
  number_year SMALLINT UNSIGNED NULL,
  issue_date DATE NULL,
  signer_name VARCHAR(200) NOT NULL,
  signer_position VARCHAR(200) NOT NULL,
  signing_mode VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  signs_for VARCHAR(200) NOT NULL,
  unknown_standards_reason TEXT NOT NULL,
  cancel_reason TEXT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  row_version INT UNSIGNED NOT NULL,
  PRIMARY KEY (decision_id),
  UNIQUE KEY decisions_number (unit_id, number_year, number_key),
  KEY decisions_unit (unit_id, decision_id),
  KEY decisions_plan (plan_id, decision_id),
  CONSTRAINT decisions_state CHECK (state IN ('DRAFT', 'ISSUED', 'CANCELLED')),
  CONSTRAINT decisions_issued CHECK ((state = 'ISSUED') = (issue_date IS NOT NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
-- live_nomination_id is the nomination unless the decision was given up as a draft: a nomination is in
-- one decision only.
CREATE TABLE decision_awards (
  decision_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ordinal SMALLINT UNSIGNED NOT NULL,
  nomination_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  live_nomination_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_name VARCHAR(300) NOT NULL,
  award_form VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (decision_id, ordinal),
  UNIQUE KEY decision_awards_live (live_nomination_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
