-- How far this service has read the feeds of others; moved in the transaction of the effect.
CREATE TABLE consumer_positions (
  producer VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  epoch VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  position BIGINT UNSIGNED NOT NULL,
  last_error TEXT NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (producer)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
