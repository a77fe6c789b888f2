-- Where an exemplar was published, in the order told; url is empty for print and broadcast.
CREATE TABLE plan_exemplar_publications (
  exemplar_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  place SMALLINT UNSIGNED NOT NULL,
  outlet VARCHAR(200) NOT NULL,
  url VARCHAR(500) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  publication_date DATE NOT NULL,
  PRIMARY KEY (exemplar_id, place),
  CONSTRAINT plan_exemplar_publications_exemplar FOREIGN KEY (exemplar_id) REFERENCES plan_exemplars (exemplar_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
