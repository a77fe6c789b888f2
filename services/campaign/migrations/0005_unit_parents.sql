-- Parents with the days on which they hold: one at a time, two for a vertical branch.
CREATE TABLE unit_parents (
  unit_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  parent_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NULL,
  PRIMARY KEY (unit_id, parent_id, valid_from),
  KEY unit_parents_parent (parent_id, valid_from),
  CONSTRAINT unit_parents_unit FOREIGN KEY (unit_id) REFERENCES units (unit_id),
  CONSTRAINT unit_parents_above FOREIGN KEY (parent_id) REFERENCES units (unit_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
