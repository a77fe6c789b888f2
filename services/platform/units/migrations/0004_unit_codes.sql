CREATE TABLE unit_codes (
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ordinal INT UNSIGNED NOT NULL,
  scheme VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  code VARCHAR(128) NOT NULL,
  valid_from DATE NULL,
  valid_to DATE NULL,
  PRIMARY KEY (unit_id, ordinal),
  KEY unit_codes_code (scheme, code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
