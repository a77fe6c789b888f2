-- Files of a step, in their order.
CREATE TABLE plan_issue_files (
  issue_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  step_place INT UNSIGNED NOT NULL,
  place SMALLINT UNSIGNED NOT NULL,
  file_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (issue_id, step_place, place),
  CONSTRAINT plan_issue_files_step FOREIGN KEY (issue_id, step_place) REFERENCES plan_issue_steps (issue_id, place)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
