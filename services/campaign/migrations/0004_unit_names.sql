-- Names with the days on which they hold. folded_name is the name without case and accents, for searching.
CREATE TABLE unit_names (
  unit_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NULL,
  name VARCHAR(200) NOT NULL,
  folded_name VARCHAR(400) NOT NULL,
  PRIMARY KEY (unit_id, valid_from),
  CONSTRAINT unit_names_unit FOREIGN KEY (unit_id) REFERENCES units (unit_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
