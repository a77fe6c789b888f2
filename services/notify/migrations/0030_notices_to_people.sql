-- A notice may be to people that it names instead of the people of its unit; and it may have a text for SMS.
ALTER TABLE notices
  ADD COLUMN to_people BOOLEAN NOT NULL DEFAULT FALSE AFTER unit_id,
  ADD COLUMN sms VARCHAR(2000) NOT NULL DEFAULT '' AFTER body;
CREATE TABLE notice_people (
  notice_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  person_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (notice_id, person_id),
  KEY notice_people_person (person_id, notice_id),
  CONSTRAINT notice_people_of_notice FOREIGN KEY (notice_id) REFERENCES notices (notice_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
-- A row to lock for what has no row of its own yet: a person not told of, a telephone number.
CREATE TABLE row_locks (
  lock_name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (lock_name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
