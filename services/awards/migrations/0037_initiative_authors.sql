-- Authors and co-authors of initiatives.
CREATE TABLE initiative_authors (
  initiative_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ordinal SMALLINT UNSIGNED NOT NULL,
  person_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (initiative_id, ordinal),
  UNIQUE KEY initiative_authors_once (initiative_id, person_id),
  KEY initiative_authors_person (person_id, initiative_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
