-- What notices say of plans, from campaign's feed (PlanLaunched). required_documents holds codes joined by
-- commas; original_sets is 0 when the plan does not say.
CREATE TABLE launched_plans (
  plan_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  number VARCHAR(100) NOT NULL,
  title VARCHAR(1000) NOT NULL,
  issuer_unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  coordinator_unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  required_documents VARCHAR(500) NOT NULL,
  original_sets INT UNSIGNED NOT NULL,
  PRIMARY KEY (plan_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
