-- Chunks taken, with the answer they got: a chunk sent again is answered by it and not applied. content_sha256 is over
-- the rows as sent, so that other rows under a taken sequence are noticed.
CREATE TABLE dossier_chunks (
  source_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  import_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sequence BIGINT UNSIGNED NOT NULL,
  content_sha256 BINARY(32) NOT NULL,
  ack MEDIUMBLOB NOT NULL,
  taken_at DATETIME(6) NOT NULL,
  PRIMARY KEY (source_id, import_id, sequence)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
