-- Surveys. A published row never changes but for its state and superseded_by. current_key is unit, kind and year while
-- the survey is published and no correction has taken its place: one that counts for each.
CREATE TABLE surveys (
  survey_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  year SMALLINT UNSIGNED NOT NULL,
  title VARCHAR(500) NOT NULL,
  period_start DATE NOT NULL,
  period_end DATE NOT NULL,
  scale VARCHAR(1000) NOT NULL,
  document_number VARCHAR(100) NOT NULL,
  document_date DATE NULL,
  document_issuer VARCHAR(300) NOT NULL,
  document_subject VARCHAR(1000) NOT NULL,
  source_note VARCHAR(2000) NOT NULL,
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  corrects CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  correction_reason VARCHAR(2000) NOT NULL,
  superseded_by CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  current_key VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL,
  unit_count INT UNSIGNED NOT NULL,
  respondent_count BIGINT UNSIGNED NOT NULL,
  file_sha256 VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(6) NOT NULL,
  publish_date DATE NULL,
  row_version INT UNSIGNED NOT NULL,
  PRIMARY KEY (survey_id),
  UNIQUE KEY surveys_current (current_key),
  KEY surveys_kind (kind, year),
  CONSTRAINT surveys_state CHECK (state IN ('DRAFT', 'PUBLISHED', 'SUPERSEDED')),
  CONSTRAINT surveys_published CHECK ((state = 'DRAFT') = (publish_date IS NULL)),
  CONSTRAINT surveys_counts CHECK ((state = 'PUBLISHED') = (current_key IS NOT NULL)),
  CONSTRAINT surveys_superseded CHECK ((state = 'SUPERSEDED') = (superseded_by IS NOT NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
-- index_percent is a decimal as it stands in the file.
CREATE TABLE survey_results (
  survey_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  forms_sent INT UNSIGNED NOT NULL,
  respondents INT UNSIGNED NOT NULL,
  index_percent VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (survey_id, unit_id),
  KEY survey_results_unit (unit_id),
  CONSTRAINT survey_results_respondents CHECK (respondents <= forms_sent)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
