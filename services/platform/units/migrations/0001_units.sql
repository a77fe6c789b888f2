-- What this service keeps of campaign's units. Dates are inclusive; NULL is "always" or "without end".
CREATE TABLE units (
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  type VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  valid_from DATE NULL,
  valid_to DATE NULL,
  PRIMARY KEY (unit_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
