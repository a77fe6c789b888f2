-- Evidence of explanations: which file, where in it, and what it was (its hash).
CREATE TABLE explanation_evidence (
  assessment_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  item INT UNSIGNED NOT NULL,
  number INT UNSIGNED NOT NULL,
  file_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  file_name VARCHAR(255) NOT NULL,
  pages VARCHAR(200) NOT NULL,
  sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (assessment_id, item, number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
