CREATE TABLE nominations (
  nomination_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  plan_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  coordinator_unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  publication_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  publication_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ranking_year SMALLINT UNSIGNED NOT NULL,
  ranking_rank INT UNSIGNED NOT NULL,
  band VARCHAR(64) NOT NULL,
  award_form VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  filing_deadline DATE NULL,
  appraiser VARCHAR(128) NOT NULL,
  appraise_date DATE NULL,
  appraise_note TEXT NOT NULL,
  unknown_standards_reason TEXT NOT NULL,
  decision_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  certificate_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(6) NOT NULL,
  row_version INT UNSIGNED NOT NULL,
  PRIMARY KEY (nomination_id),
  UNIQUE KEY nominations_once (plan_id, ranking_year, award_form, unit_id),
  KEY nominations_unit (unit_id, nomination_id),
  KEY nominations_coordinator (coordinator_unit_id, nomination_id),
  CONSTRAINT nominations_state CHECK (state IN ('SHORTLISTED', 'INVITED', 'FILED', 'RETURNED',
                                                'APPRAISED', 'CARRIED', 'NOT_CARRIED', 'DECIDED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE filings (
  nomination_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  filing_number SMALLINT UNSIGNED NOT NULL,
  filer VARCHAR(128) NOT NULL,
  file_date DATE NOT NULL,
  late BOOLEAN NOT NULL,
  original_sets SMALLINT UNSIGNED NOT NULL,
  return_reason TEXT NOT NULL,
  returner VARCHAR(128) NOT NULL,
  return_date DATE NULL,
  PRIMARY KEY (nomination_id, filing_number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE filing_documents (
  nomination_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  filing_number SMALLINT UNSIGNED NOT NULL,
  ordinal SMALLINT UNSIGNED NOT NULL,
  kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  file_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (nomination_id, filing_number, ordinal),
  UNIQUE KEY filing_documents_kind (nomination_id, filing_number, kind)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
