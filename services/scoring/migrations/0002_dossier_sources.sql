-- Systems that push dossiers, by the subject of their token. The row is the root that every change of the source's
-- dossiers locks first.
CREATE TABLE dossier_sources (
  source_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject VARCHAR(128) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (source_id),
  UNIQUE KEY dossier_sources_subject (subject)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
