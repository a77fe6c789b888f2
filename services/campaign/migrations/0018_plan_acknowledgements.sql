-- Units that have spread a plan among their people (quán triệt); once each.
CREATE TABLE plan_acknowledgements (
  plan_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  acknowledge_date DATE NOT NULL,
  actor VARCHAR(128) NOT NULL,
  note VARCHAR(1000) NOT NULL,
  PRIMARY KEY (plan_id, unit_id),
  CONSTRAINT plan_acknowledgements_unit FOREIGN KEY (plan_id, unit_id)
    REFERENCES plan_participants (plan_id, unit_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
