-- Files that belong to this service; the bytes lie in a content-addressed store under sha256.
CREATE TABLE files (
  file_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  file_name VARCHAR(255) NOT NULL,
  media_type VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  size_bytes BIGINT UNSIGNED NOT NULL,
  sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  received_bytes BIGINT UNSIGNED NOT NULL,
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_by VARCHAR(128) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  completed_at DATETIME(6) NULL,
  PRIMARY KEY (file_id),
  KEY files_unit (unit_id, file_id),
  KEY files_content (sha256),
  CONSTRAINT files_state CHECK (state IN ('UPLOADING', 'COMPLETE')),
  CONSTRAINT files_complete_whole
    CHECK (state <> 'COMPLETE' OR (received_bytes = size_bytes AND completed_at IS NOT NULL)),
  CONSTRAINT files_not_over CHECK (received_bytes <= size_bytes)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
