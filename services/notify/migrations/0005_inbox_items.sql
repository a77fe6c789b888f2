-- One notice in one person's inbox.
CREATE TABLE inbox_items (
  item_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  person_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  notice_key VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  notice_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(6) NOT NULL,
  read_at DATETIME(6) NULL,
  PRIMARY KEY (item_id),
  UNIQUE KEY inbox_items_once (person_id, notice_key),
  KEY inbox_items_person (person_id, item_id),
  KEY inbox_items_unread (person_id, read_at, item_id),
  KEY inbox_items_notice (notice_id),
  CONSTRAINT inbox_items_of_notice FOREIGN KEY (notice_id) REFERENCES notices (notice_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
