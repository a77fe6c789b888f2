-- Checks of a plan's standards for a nomination, each kept whole as it was found.
CREATE TABLE standards_checks (
  nomination_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  check_number INT UNSIGNED NOT NULL,
  stage VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  as_of_date DATE NOT NULL,
  PRIMARY KEY (nomination_id, check_number),
  CONSTRAINT standards_checks_stage CHECK (stage IN ('SUBMISSION', 'APPRAISAL', 'DECISION'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
-- source_refs: one a line.
CREATE TABLE standard_findings (
  nomination_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  check_number INT UNSIGNED NOT NULL,
  ordinal SMALLINT UNSIGNED NOT NULL,
  standard_id VARCHAR(64) NOT NULL,
  standard_text TEXT NOT NULL,
  result VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  source VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  source_refs TEXT NOT NULL,
  explanation TEXT NOT NULL,
  PRIMARY KEY (nomination_id, check_number, ordinal),
  CONSTRAINT standard_findings_result CHECK (result IN ('MET', 'NOT_MET', 'NOT_KNOWN'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE standard_confirmations (
  nomination_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sequence INT UNSIGNED NOT NULL,
  confirmation_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  standard_id VARCHAR(64) NOT NULL,
  met BOOLEAN NOT NULL,
  confirmer VARCHAR(128) NOT NULL,
  confirm_date DATE NOT NULL,
  covers_until DATE NOT NULL,
  file_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (nomination_id, sequence),
  UNIQUE KEY standard_confirmations_id (confirmation_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
