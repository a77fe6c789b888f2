-- Plans. document is the plan as a person reads it (Plan in proto3 JSON, without what the server fills); the other
-- columns are what is asked for in queries, taken from it. A number is taken once for each issuer, symbol and year;
-- what is not known is NULL and takes nothing.
CREATE TABLE plans (
  plan_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  issuer_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  number VARCHAR(20) NULL,
  symbol VARCHAR(40) NULL,
  issue_year SMALLINT UNSIGNED NULL,
  issue_date DATE NULL,
  parent_plan_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  start_date DATE NULL,
  end_date DATE NULL,
  launch_date DATE NULL,
  document MEDIUMTEXT NOT NULL,
  row_version INT UNSIGNED NOT NULL,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (plan_id),
  UNIQUE KEY plans_number (issuer_id, issue_year, symbol, number),
  KEY plans_parent (parent_plan_id),
  CONSTRAINT plans_issuer FOREIGN KEY (issuer_id) REFERENCES units (unit_id),
  CONSTRAINT plans_above FOREIGN KEY (parent_plan_id) REFERENCES plans (plan_id),
  CONSTRAINT plans_state CHECK (state IN ('DRAFT', 'ISSUED', 'LAUNCHED', 'CLOSED')),
  CONSTRAINT plans_issued_whole
    CHECK (state = 'DRAFT' OR (number IS NOT NULL AND symbol IS NOT NULL AND issue_date IS NOT NULL)),
  CONSTRAINT plans_launched_whole CHECK (state NOT IN ('LAUNCHED', 'CLOSED') OR launch_date IS NOT NULL)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
