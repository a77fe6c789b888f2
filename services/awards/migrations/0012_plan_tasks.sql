-- Tasks of plans as campaign's feed tells them, for the standard that asks for tasks on time. due_date is NULL when the
-- source names no last day, done_date until the task is done, quality while it is not graded.
CREATE TABLE plan_tasks (
  task_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  plan_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  due_date DATE NULL,
  done_date DATE NULL,
  quality VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  synthetic BOOLEAN NOT NULL,
  PRIMARY KEY (task_id),
  KEY plan_tasks_unit (plan_id, unit_id, task_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
