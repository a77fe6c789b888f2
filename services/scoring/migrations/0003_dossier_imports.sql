-- Imports and how far they have come. chain is the SHA-256 of the chain before and the last chunk's hash; it binds
-- resume tokens to what was really taken.
CREATE TABLE dossier_imports (
  source_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  import_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  next_sequence BIGINT UNSIGNED NOT NULL,
  chain BINARY(32) NOT NULL,
  accepted BIGINT UNSIGNED NOT NULL,
  unchanged BIGINT UNSIGNED NOT NULL,
  superseded BIGINT UNSIGNED NOT NULL,
  refused BIGINT UNSIGNED NOT NULL,
  completed TINYINT UNSIGNED NOT NULL,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (source_id, import_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
