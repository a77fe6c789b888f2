-- The one row that says how far events are numbered. A sequencer moves it by compare-and-set on
-- position in the transaction that numbers the events: that is the fence. The lease only saves
-- work. frontier holds the roots of the complete subtrees of the Merkle log, largest first.
CREATE TABLE feed_head (
  id TINYINT UNSIGNED NOT NULL,
  epoch CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  position BIGINT UNSIGNED NOT NULL,
  frontier VARBINARY(2048) NOT NULL,
  lease_holder VARCHAR(128) NOT NULL,
  lease_until DATETIME(6) NULL,
  PRIMARY KEY (id),
  CONSTRAINT feed_head_single CHECK (id = 1)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
