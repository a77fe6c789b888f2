CREATE TABLE unit_names (
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ordinal INT UNSIGNED NOT NULL,
  name VARCHAR(512) NOT NULL,
  valid_from DATE NULL,
  valid_to DATE NULL,
  PRIMARY KEY (unit_id, ordinal)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
