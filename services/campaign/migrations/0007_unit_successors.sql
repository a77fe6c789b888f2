-- Which units took the place of one that ended.
CREATE TABLE unit_successors (
  unit_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  successor_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (unit_id, successor_id),
  KEY unit_successors_heir (successor_id),
  CONSTRAINT unit_successors_unit FOREIGN KEY (unit_id) REFERENCES units (unit_id),
  CONSTRAINT unit_successors_heir FOREIGN KEY (successor_id) REFERENCES units (unit_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
