-- Who holds which role where and when. unit_id "*" is everywhere. principal_kind says where principal_id stands.
CREATE TABLE access_role_bindings (
  binding_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  role_id VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  principal_kind VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  principal_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NULL,
  row_version INT UNSIGNED NOT NULL,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (binding_id),
  UNIQUE KEY access_role_bindings_once (principal_kind, principal_id, role_id, unit_id, valid_from),
  KEY access_role_bindings_unit (unit_id),
  CONSTRAINT access_role_bindings_role FOREIGN KEY (role_id) REFERENCES access_roles (role_id),
  CONSTRAINT access_role_bindings_kind CHECK (principal_kind IN ('person', 'client'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
