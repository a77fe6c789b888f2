-- Difficulties with a plan. coordinator_id and issuer_id are the plan's, which no longer change once it is issued.
-- field is empty for none; due_date is for whose turn it is.
CREATE TABLE plan_issues (
  issue_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  plan_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  coordinator_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  issuer_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title VARCHAR(200) NOT NULL,
  field VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  due_date DATE NULL,
  raise_date DATE NOT NULL,
  answer_date DATE NULL,
  row_version INT UNSIGNED NOT NULL,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (issue_id),
  KEY plan_issues_plan (plan_id, issue_id),
  KEY plan_issues_unit (unit_id, issue_id),
  KEY plan_issues_coordinator (coordinator_id, issue_id),
  KEY plan_issues_issuer (issuer_id, issue_id),
  CONSTRAINT plan_issues_participant FOREIGN KEY (plan_id, unit_id) REFERENCES plan_participants (plan_id, unit_id),
  CONSTRAINT plan_issues_coordinator FOREIGN KEY (coordinator_id) REFERENCES units (unit_id),
  CONSTRAINT plan_issues_issuer FOREIGN KEY (issuer_id) REFERENCES units (unit_id),
  CONSTRAINT plan_issues_state CHECK (state IN ('RAISED', 'FORWARDED', 'RETURNED', 'ANSWERED')),
  CONSTRAINT plan_issues_answered CHECK ((state = 'ANSWERED') = (answer_date IS NOT NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
