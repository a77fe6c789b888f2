-- How far the units of a round of assessment are, as scoring told.
CREATE TABLE round_units (
  round_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (round_id, unit_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
