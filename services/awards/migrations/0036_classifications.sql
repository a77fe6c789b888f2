-- How people were classified in a year; one record for a person and a year.
CREATE TABLE classifications (
  classification_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  person_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  year SMALLINT UNSIGNED NOT NULL,
  level VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  document_number VARCHAR(128) NOT NULL,
  document_date DATE NOT NULL,
  recorder VARCHAR(128) NOT NULL,
  record_date DATE NOT NULL,
  created_at DATETIME(6) NOT NULL,
  row_version INT UNSIGNED NOT NULL,
  PRIMARY KEY (classification_id),
  UNIQUE KEY classifications_once (person_id, year),
  KEY classifications_unit (unit_id, classification_id),
  CONSTRAINT classifications_level CHECK (level IN ('EXCELLENT', 'GOOD', 'COMPLETED', 'NOT_COMPLETED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
