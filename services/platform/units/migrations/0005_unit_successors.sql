-- Units that took the place of a unit (merge, split).
CREATE TABLE unit_successors (
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  successor_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (unit_id, successor_id),
  KEY unit_successors_successor (successor_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
