-- Counts the changes of the tables above, so that a process knows in one small read whether the tree it
-- keeps in memory is the one that stands here.
CREATE TABLE units_version (
  id TINYINT UNSIGNED NOT NULL,
  version BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT units_version_single CHECK (id = 1)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
