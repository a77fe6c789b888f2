-- Separation of duties: two roles that one person may not hold at the same unit at the same time.
CREATE TABLE access_role_exclusions (
  role_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  excluded_role_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (role_id, excluded_role_id),
  CONSTRAINT access_role_exclusions_role FOREIGN KEY (role_id) REFERENCES access_roles (role_id),
  CONSTRAINT access_role_exclusions_other FOREIGN KEY (excluded_role_id) REFERENCES access_roles (role_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
