-- Tasks of plans, from the documents that set them. Without due_date a task is never late; without quality it is not
-- graded. What the source does not say is NULL or empty.
CREATE TABLE plan_tasks (
  task_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  plan_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  code VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title VARCHAR(500) NOT NULL,
  field VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  lead_unit_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  due_date DATE NULL,
  source_document VARCHAR(100) NOT NULL,
  synthetic TINYINT UNSIGNED NOT NULL,
  note VARCHAR(500) NOT NULL,
  done_date DATE NULL,
  quality VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  evidence_note VARCHAR(1000) NOT NULL,
  row_version INT UNSIGNED NOT NULL,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (task_id),
  UNIQUE KEY plan_tasks_code (plan_id, code),
  KEY plan_tasks_lead (lead_unit_id, task_id),
  CONSTRAINT plan_tasks_plan FOREIGN KEY (plan_id) REFERENCES plans (plan_id),
  CONSTRAINT plan_tasks_lead FOREIGN KEY (lead_unit_id) REFERENCES units (unit_id),
  CONSTRAINT plan_tasks_graded CHECK (quality IS NULL OR done_date IS NOT NULL)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
