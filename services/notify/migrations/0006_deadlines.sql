-- A day until which a unit has to act. deadline_key is made from the ids of what the deadline is of.
-- next_fire_at is the instant (business time) of the earliest pending reminder: the queue that the reminder
-- worker reads; NULL when none is pending.
CREATE TABLE deadlines (
  deadline_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  deadline_key VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  plan_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  link VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title VARCHAR(1500) NOT NULL,
  source_phrase VARCHAR(500) NOT NULL,
  start_date DATE NULL,
  due_date DATE NOT NULL,
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  met_date DATE NULL,
  next_fire_at DATETIME(6) NULL,
  row_version INT UNSIGNED NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (deadline_id),
  UNIQUE KEY deadlines_key (deadline_key),
  KEY deadlines_queue (next_fire_at, deadline_id),
  KEY deadlines_due (due_date, deadline_id),
  KEY deadlines_unit (unit_id, due_date, deadline_id),
  KEY deadlines_plan (plan_id, due_date, deadline_id),
  CONSTRAINT deadlines_state CHECK (state IN ('OPEN', 'MET')),
  CONSTRAINT deadlines_met CHECK ((state = 'MET') = (met_date IS NOT NULL)),
  CONSTRAINT deadlines_dates CHECK (start_date IS NULL OR start_date <= due_date)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
