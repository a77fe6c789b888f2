-- Everything that happened in this service, written in the transaction of the change itself: the
-- feed that others read and the audit log are both this table. A row never changes but for its
-- place: position and leaf_hash are NULL until the sequencer gives them.
CREATE TABLE events (
  event_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  position BIGINT UNSIGNED NULL,
  leaf_hash BINARY(32) NULL,
  type VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  aggregate_type VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  aggregate_id VARCHAR(128) NOT NULL,
  aggregate_version BIGINT UNSIGNED NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  actor VARCHAR(128) NOT NULL,
  occurred_at DATETIME(6) NOT NULL,
  business_date DATE NOT NULL,
  payload MEDIUMTEXT NOT NULL,
  before_payload MEDIUMTEXT NULL,
  reason TEXT NOT NULL,
  request_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  PRIMARY KEY (event_id),
  UNIQUE KEY events_position (position),
  -- Finds what waits in the order of event_id without sorting the backlog (measured: 0.7 ms instead
  -- of 72 ms for 500 of 100,000).
  KEY events_waiting (position, event_id),
  KEY events_aggregate (aggregate_id, aggregate_version),
  KEY events_unit (unit_id, position),
  CONSTRAINT events_numbered_whole CHECK ((position IS NULL) = (leaf_hash IS NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
