-- Publications. snapshot is RFC 8785 JSON, byte for byte as hashed; the columns repeat its head for lists. Nothing of a
-- row changes but corrected_by and current_key. current_key is unit, block and year while no correction has taken its
-- place: one current publication for each.
CREATE TABLE publications (
  publication_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ranking_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  round_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_name VARCHAR(512) NOT NULL,
  plan_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title VARCHAR(300) NOT NULL,
  criteria_set_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  criteria_set_version INT UNSIGNED NOT NULL,
  criteria_set_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  block VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  year SMALLINT UNSIGNED NOT NULL,
  as_of DATE NOT NULL,
  publish_date DATE NOT NULL,
  snapshot LONGBLOB NOT NULL,
  snapshot_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  snapshot_size BIGINT UNSIGNED NOT NULL,
  corrects CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  correction_reason VARCHAR(2000) NOT NULL,
  corrected_by CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  current_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL,
  published_by VARCHAR(128) NOT NULL,
  published_at DATETIME(6) NOT NULL,
  PRIMARY KEY (publication_id),
  UNIQUE KEY publications_current (current_key),
  KEY publications_block (unit_id, block, year),
  CONSTRAINT publications_current_or_corrected CHECK ((current_key IS NULL) = (corrected_by IS NOT NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
