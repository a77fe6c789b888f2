-- One notice to the people of one unit. notice_key says what it tells of, made from the ids of the act, so that
-- an event read again finds it there: exactly once for ever.
CREATE TABLE notices (
  notice_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  notice_key VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  notice_date DATE NOT NULL,
  link VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  template_id VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title VARCHAR(1000) NOT NULL,
  body MEDIUMTEXT NOT NULL,
  source_event_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (notice_id),
  UNIQUE KEY notices_key (notice_key),
  KEY notices_unit (unit_id, notice_date)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
