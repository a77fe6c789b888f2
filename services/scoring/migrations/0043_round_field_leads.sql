-- Which units appraise which field in a round; a field without a row is appraised at the unit assessed.
CREATE TABLE round_field_leads (
  round_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  field_code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (round_id, field_code, unit_id),
  KEY round_field_leads_unit (unit_id, round_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
