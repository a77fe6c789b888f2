-- Initiatives as awards' feed tells them; the only source is that feed. recognition_date is NULL until a competent
-- authority has recognised the initiative.
CREATE TABLE initiative_records (
  initiative_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  year SMALLINT UNSIGNED NOT NULL,
  recognition_date DATE NULL,
  PRIMARY KEY (initiative_id),
  KEY initiative_records_unit (unit_id, year)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
