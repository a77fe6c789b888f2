-- Every explanation ever given; rows are only added. item orders them within the assessment, about_entry is the score
-- entry that the unit contests. What became of one follows from the scores.
CREATE TABLE explanations (
  assessment_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  item INT UNSIGNED NOT NULL,
  criterion_code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  about_entry INT UNSIGNED NOT NULL,
  content VARCHAR(2000) NOT NULL,
  actor VARCHAR(128) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  business_date DATE NOT NULL,
  PRIMARY KEY (assessment_id, item)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
