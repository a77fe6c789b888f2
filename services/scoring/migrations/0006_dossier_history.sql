-- States that are not the present one: replaced by a later one, or arrived after a later one was held.
CREATE TABLE dossier_history (
  dossier_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  event_time DATETIME(6) NOT NULL,
  event_version BIGINT NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_code VARCHAR(35) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  procedure_code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel TINYINT UNSIGNED NOT NULL,
  status TINYINT UNSIGNED NOT NULL,
  received_date DATE NOT NULL,
  due_date DATE NULL,
  finished_date DATE NULL,
  content_sha256 BINARY(32) NOT NULL,
  arrived_at DATETIME(6) NOT NULL,
  arrived_late TINYINT UNSIGNED NOT NULL,
  PRIMARY KEY (dossier_id, event_time, event_version)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
