-- How far business time lies from machine time, in milliseconds: always 0 in production.
CREATE TABLE business_time (
  id TINYINT UNSIGNED NOT NULL,
  offset_ms BIGINT NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT business_time_single CHECK (id = 1)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
