-- Whom a notice can reach: the posts of people, from campaign's feed (PersonChanged).
CREATE TABLE contacts (
  person_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  full_name VARCHAR(255) NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  position VARCHAR(255) NOT NULL,
  email VARCHAR(320) NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NULL,
  PRIMARY KEY (person_id),
  KEY contacts_unit (unit_id, person_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
