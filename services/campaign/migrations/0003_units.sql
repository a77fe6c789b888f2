-- A unit for ever: what changes with time stands in the tables below.
CREATE TABLE units (
  unit_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  type VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NULL,
  closing VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  synthetic TINYINT UNSIGNED NOT NULL,
  note VARCHAR(1000) NOT NULL,
  row_version INT UNSIGNED NOT NULL,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (unit_id),
  CONSTRAINT units_type CHECK (type IN ('PROVINCE', 'DEPARTMENT', 'DISTRICT', 'COMMUNE', 'ROOM', 'VERTICAL_BRANCH')),
  CONSTRAINT units_closing CHECK (closing IN ('', 'ABOLISHED', 'MERGED', 'SPLIT')),
  CONSTRAINT units_span CHECK (valid_to IS NULL OR valid_to >= valid_from)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
