-- What a role may do: exact permissions, or patterns "*", "scoring.*", "*.feed.read".
CREATE TABLE access_role_permissions (
  role_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  permission VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (role_id, permission),
  CONSTRAINT access_role_permissions_role FOREIGN KEY (role_id) REFERENCES access_roles (role_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
