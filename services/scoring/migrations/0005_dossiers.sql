-- The present state of each dossier: the state with the greatest (event_time, event_version) that was ever pushed.
-- dossiers_open finds what was open on a date; dossiers_unit is the order of lists.
CREATE TABLE dossiers (
  dossier_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  source_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  dossier_code VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_code VARCHAR(35) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  procedure_code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel TINYINT UNSIGNED NOT NULL,
  status TINYINT UNSIGNED NOT NULL,
  received_date DATE NOT NULL,
  due_date DATE NULL,
  finished_date DATE NULL,
  event_time DATETIME(6) NOT NULL,
  event_version BIGINT NOT NULL,
  content_sha256 BINARY(32) NOT NULL,
  flags INT UNSIGNED NOT NULL,
  states INT UNSIGNED NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (dossier_id),
  UNIQUE KEY dossiers_code (source_id, dossier_code),
  KEY dossiers_open (unit_id, finished_date, received_date),
  KEY dossiers_unit (unit_id, dossier_code, dossier_id),
  CONSTRAINT dossiers_channel CHECK (channel BETWEEN 1 AND 3),
  CONSTRAINT dossiers_status CHECK (status BETWEEN 1 AND 10),
  CONSTRAINT dossiers_finished CHECK (status NOT IN (9, 10) OR finished_date >= received_date)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
