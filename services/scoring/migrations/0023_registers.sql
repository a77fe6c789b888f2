-- Registers of yearly figures, published as they are imported. Nothing of a row changes but superseded_by and
-- current_key. current_key is unit, kind and year while no correction has taken its place.
CREATE TABLE registers (
  register_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  year SMALLINT UNSIGNED NOT NULL,
  document_number VARCHAR(100) NOT NULL,
  document_date DATE NOT NULL,
  document_issuer VARCHAR(300) NOT NULL,
  source_note VARCHAR(2000) NOT NULL,
  corrects CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  correction_reason VARCHAR(2000) NOT NULL,
  superseded_by CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  current_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL,
  unit_count INT UNSIGNED NOT NULL,
  file_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(6) NOT NULL,
  publish_date DATE NOT NULL,
  PRIMARY KEY (register_id),
  UNIQUE KEY registers_current (current_key),
  CONSTRAINT registers_kind CHECK (kind IN ('VIOLATIONS', 'ONE_STOP_PROCEDURES', 'PETITIONS', 'WRONG_DOSSIERS')),
  CONSTRAINT registers_current_or_superseded CHECK ((current_key IS NULL) = (superseded_by IS NOT NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE register_figures (
  register_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  total BIGINT UNSIGNED NOT NULL,
  counted BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (register_id, unit_id),
  KEY register_figures_unit (unit_id),
  CONSTRAINT register_figures_counted CHECK (counted <= total)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
