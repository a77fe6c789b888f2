-- Periodic reports as campaign's feed tells them; the only source is that feed.
CREATE TABLE report_records (
  record_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  plan_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  period VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  due_date DATE NULL,
  filed_date DATE NULL,
  PRIMARY KEY (record_id),
  KEY report_records_unit (unit_id, plan_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
