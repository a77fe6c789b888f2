-- Signed roots of the Merkle log. Copies are kept outside the schema.
CREATE TABLE tree_heads (
  epoch CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  tree_size BIGINT UNSIGNED NOT NULL,
  root_hash BINARY(32) NOT NULL,
  signed_at DATETIME(6) NOT NULL,
  key_id VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  signature VARBINARY(512) NOT NULL,
  PRIMARY KEY (epoch, tree_size)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
