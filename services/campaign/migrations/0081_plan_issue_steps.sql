-- What was done with an issue, in order from 0.
CREATE TABLE plan_issue_steps (
  issue_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  place INT UNSIGNED NOT NULL,
  move VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  text TEXT NOT NULL,
  document_number VARCHAR(100) NOT NULL,
  document_date DATE NULL,
  due_date DATE NULL,
  actor VARCHAR(128) NOT NULL,
  step_date DATE NOT NULL,
  PRIMARY KEY (issue_id, place),
  CONSTRAINT plan_issue_steps_issue FOREIGN KEY (issue_id) REFERENCES plan_issues (issue_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
