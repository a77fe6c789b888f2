-- Reports that units owe for a period of a movement. Without due_date a report is never late.
CREATE TABLE periodic_reports (
  report_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  plan_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  period VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  due_date DATE NULL,
  filed_date DATE NULL,
  summary TEXT NOT NULL,
  filing_count INT UNSIGNED NOT NULL,
  row_version INT UNSIGNED NOT NULL,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (report_id),
  UNIQUE KEY periodic_reports_once (plan_id, unit_id, period),
  KEY periodic_reports_unit (unit_id, report_id),
  CONSTRAINT periodic_reports_unit FOREIGN KEY (plan_id, unit_id) REFERENCES plan_participants (plan_id, unit_id),
  CONSTRAINT periodic_reports_filed CHECK ((filed_date IS NULL) = (filing_count = 0))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
