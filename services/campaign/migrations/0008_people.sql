-- People with a post at a unit. Personal data: every reading leaves an entry in the audit log.
CREATE TABLE people (
  person_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  staff_code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  full_name VARCHAR(200) NOT NULL,
  category VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  email VARCHAR(254) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  phone VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  synthetic TINYINT UNSIGNED NOT NULL,
  note VARCHAR(1000) NOT NULL,
  row_version INT UNSIGNED NOT NULL,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (person_id),
  UNIQUE KEY people_staff_code (staff_code),
  CONSTRAINT people_category
    CHECK (category IN ('', 'CADRE', 'CIVIL_SERVANT', 'PUBLIC_EMPLOYEE', 'CONTRACT_WORKER'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
