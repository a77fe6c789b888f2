-- Systems that call us. Of a secret only its SHA-256 is kept: it has 256 random bits, so there is nothing to guess.
CREATE TABLE access_clients (
  client_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title VARCHAR(200) NOT NULL,
  unit_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  secret_sha256 BINARY(32) NOT NULL,
  secret_set_at DATETIME(6) NOT NULL,
  disabled TINYINT UNSIGNED NOT NULL,
  row_version INT UNSIGNED NOT NULL,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (client_id),
  CONSTRAINT access_clients_unit FOREIGN KEY (unit_id) REFERENCES units (unit_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
