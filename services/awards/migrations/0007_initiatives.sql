-- components_before … days_after are NULL unless the initiative cuts a procedure; recognition columns
-- are NULL until it is recognised.
CREATE TABLE initiatives (
  initiative_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title VARCHAR(300) NOT NULL,
  kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  year SMALLINT UNSIGNED NOT NULL,
  summary TEXT NOT NULL,
  procedure_name VARCHAR(300) NULL,
  components_before INT UNSIGNED NULL,
  components_after INT UNSIGNED NULL,
  days_before INT UNSIGNED NULL,
  days_after INT UNSIGNED NULL,
  registrar VARCHAR(128) NOT NULL,
  recognition_authority VARCHAR(300) NULL,
  recognition_document VARCHAR(128) NULL,
  recognition_date DATE NULL,
  recognition_file_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  recorder VARCHAR(128) NULL,
  created_at DATETIME(6) NOT NULL,
  row_version INT UNSIGNED NOT NULL,
  PRIMARY KEY (initiative_id),
  KEY initiatives_unit (unit_id, year, initiative_id),
  CONSTRAINT initiatives_kind CHECK (kind IN ('GENERAL', 'PROCEDURE_CUT')),
  CONSTRAINT initiatives_recognition CHECK ((recognition_date IS NULL) = (recorder IS NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
