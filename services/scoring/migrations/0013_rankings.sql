-- The ranking of a round as last computed: results as canonical JSON, and the SHA-256 of all it was computed from.
CREATE TABLE rankings (
  ranking_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  round_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content MEDIUMTEXT NOT NULL,
  content_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  publication_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  computed_at DATETIME(6) NOT NULL,
  row_version INT UNSIGNED NOT NULL,
  PRIMARY KEY (ranking_id),
  UNIQUE KEY rankings_round (round_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
