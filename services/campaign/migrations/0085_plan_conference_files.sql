-- Minutes and other files of a conference, in their order.
CREATE TABLE plan_conference_files (
  conference_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  place SMALLINT UNSIGNED NOT NULL,
  file_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (conference_id, place),
  CONSTRAINT plan_conference_files_conference FOREIGN KEY (conference_id) REFERENCES plan_conferences (conference_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
