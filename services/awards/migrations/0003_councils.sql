CREATE TABLE councils (
  council_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title VARCHAR(300) NOT NULL,
  legal_basis VARCHAR(500) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  row_version INT UNSIGNED NOT NULL,
  PRIMARY KEY (council_id),
  KEY councils_unit (unit_id, council_id),
  CONSTRAINT councils_kind CHECK (kind IN ('AWARD', 'INITIATIVE'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE council_aliases (
  council_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ordinal SMALLINT UNSIGNED NOT NULL,
  alias VARCHAR(300) NOT NULL,
  PRIMARY KEY (council_id, ordinal)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE council_members (
  council_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ordinal SMALLINT UNSIGNED NOT NULL,
  person_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  role VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  position VARCHAR(300) NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NULL,
  PRIMARY KEY (council_id, ordinal),
  CONSTRAINT council_members_role CHECK (role IN ('CHAIR', 'VICE', 'SECRETARY', 'MEMBER'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
-- Quorum and threshold as exact shares of the total membership.
CREATE TABLE voting_rules (
  council_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ordinal SMALLINT UNSIGNED NOT NULL,
  award_form VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  quorum_numerator INT UNSIGNED NOT NULL,
  quorum_denominator INT UNSIGNED NOT NULL,
  threshold_numerator INT UNSIGNED NOT NULL,
  threshold_denominator INT UNSIGNED NOT NULL,
  threshold_exclusive BOOLEAN NOT NULL,
  written_counts_for_quorum BOOLEAN NOT NULL,
  conflicts_left_out BOOLEAN NOT NULL,
  secret BOOLEAN NOT NULL,
  legal_basis VARCHAR(500) NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NULL,
  PRIMARY KEY (council_id, ordinal)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
