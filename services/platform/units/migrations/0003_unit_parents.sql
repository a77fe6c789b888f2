-- Several rows may hold on one date: a vertical branch stands under two parents.
CREATE TABLE unit_parents (
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ordinal INT UNSIGNED NOT NULL,
  parent_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  valid_from DATE NULL,
  valid_to DATE NULL,
  PRIMARY KEY (unit_id, ordinal),
  KEY unit_parents_parent (parent_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
