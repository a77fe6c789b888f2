-- Conferences held for the reviews (sơ kết, tổng kết) that a plan sets.
CREATE TABLE plan_conferences (
  conference_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  plan_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  milestone_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  held_date DATE NOT NULL,
  place VARCHAR(300) NOT NULL,
  chair VARCHAR(200) NOT NULL,
  attendee_count INT UNSIGNED NOT NULL,
  conclusions TEXT NOT NULL,
  row_version INT UNSIGNED NOT NULL,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (conference_id),
  UNIQUE KEY plan_conferences_once (plan_id, milestone_id, held_date),
  CONSTRAINT plan_conferences_plan FOREIGN KEY (plan_id) REFERENCES plans (plan_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
