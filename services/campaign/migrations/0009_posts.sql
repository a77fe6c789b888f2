-- Posts with the days on which they are held, one at a time.
CREATE TABLE posts (
  person_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NULL,
  unit_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  position VARCHAR(200) NOT NULL,
  PRIMARY KEY (person_id, valid_from),
  KEY posts_unit (unit_id, valid_from),
  CONSTRAINT posts_person FOREIGN KEY (person_id) REFERENCES people (person_id),
  CONSTRAINT posts_unit FOREIGN KEY (unit_id) REFERENCES units (unit_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
