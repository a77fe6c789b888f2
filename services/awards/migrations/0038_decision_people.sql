-- The people of a decision's list; person_id is '' for a unit.
ALTER TABLE decision_awards
  ADD COLUMN person_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  ADD COLUMN person_name VARCHAR(200) NOT NULL DEFAULT '',
  ADD COLUMN person_position VARCHAR(200) NOT NULL DEFAULT '';
-- The person whom a certificate awards; '' for a unit.
ALTER TABLE certificates
  ADD COLUMN person_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
