-- What awards keeps of scoring's feed: published rankings. payload is the event's own JSON
-- (RankingPublished). A publication is corrected by at most one other.
CREATE TABLE publications (
  publication_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  corrects_publication_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  payload MEDIUMTEXT NOT NULL,
  PRIMARY KEY (publication_id),
  KEY publications_corrects (corrects_publication_id, publication_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
