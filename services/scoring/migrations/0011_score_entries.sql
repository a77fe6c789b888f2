-- Every score ever given; rows are only added. entry orders them within the assessment. inputs is RFC 8785 JSON of
-- decimals by name, '{}' when there are none. points is an exact decimal or fraction, NULL unless SCORED.
CREATE TABLE score_entries (
  assessment_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  entry INT UNSIGNED NOT NULL,
  criterion_code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  layer VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  status VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  points VARCHAR(400) CHARACTER SET ascii COLLATE ascii_bin NULL,
  inputs TEXT NOT NULL,
  note VARCHAR(2000) NOT NULL,
  reason VARCHAR(2000) NOT NULL,
  actor VARCHAR(128) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  business_date DATE NOT NULL,
  PRIMARY KEY (assessment_id, entry),
  KEY score_entries_actor (actor, layer, assessment_id),
  CONSTRAINT score_entries_layer CHECK (layer IN ('SELF', 'COMPUTED', 'APPRAISED', 'FINAL')),
  CONSTRAINT score_entries_status CHECK (status IN ('SCORED', 'NOT_APPLICABLE', 'NOT_YET_SCORED')),
  CONSTRAINT score_entries_points CHECK ((status = 'SCORED') = (points IS NOT NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
