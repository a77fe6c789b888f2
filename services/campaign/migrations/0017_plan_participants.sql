-- The roster of a plan, fixed at its launch: names and kinds as they were on that day.
CREATE TABLE plan_participants (
  plan_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  display_name VARCHAR(200) NOT NULL,
  type VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (plan_id, unit_id),
  KEY plan_participants_unit (unit_id),
  CONSTRAINT plan_participants_plan FOREIGN KEY (plan_id) REFERENCES plans (plan_id),
  CONSTRAINT plan_participants_unit FOREIGN KEY (unit_id) REFERENCES units (unit_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
