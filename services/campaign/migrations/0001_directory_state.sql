-- One row: locked by every change of units, so that the tree is judged as a whole; its version tells readers
-- whether the tree they hold in memory is still the present one.
CREATE TABLE directory_state (
  id TINYINT UNSIGNED NOT NULL,
  version BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT directory_state_single CHECK (id = 1)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
