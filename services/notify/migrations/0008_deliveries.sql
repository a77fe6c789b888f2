-- One mail to one person, queued in the transaction of its inbox item. A sender claims it by raising `fence` and
-- setting a lease; only the holder of the newest fence may record an outcome. A lease that ran out while SENDING
-- means that a sender died inside a send: the next one counts a possible repeat.
CREATE TABLE deliveries (
  delivery_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  item_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  notice_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  person_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  address VARCHAR(320) NOT NULL,
  message_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  attempts INT UNSIGNED NOT NULL,
  possible_repeats INT UNSIGNED NOT NULL,
  due_at DATETIME(6) NULL,
  lease_holder VARCHAR(128) NOT NULL,
  fence BIGINT UNSIGNED NOT NULL,
  failure VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  last_error VARCHAR(500) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  sent_at DATETIME(6) NULL,
  PRIMARY KEY (delivery_id),
  UNIQUE KEY deliveries_item (item_id),
  UNIQUE KEY deliveries_message (message_id),
  KEY deliveries_queue (due_at, delivery_id),
  KEY deliveries_unit (unit_id, delivery_id),
  KEY deliveries_state (state, delivery_id),
  CONSTRAINT deliveries_of_item FOREIGN KEY (item_id) REFERENCES inbox_items (item_id),
  CONSTRAINT deliveries_states CHECK (state IN ('PENDING', 'SENDING', 'SENT', 'FAILED')),
  CONSTRAINT deliveries_due CHECK ((state IN ('PENDING', 'SENDING')) = (due_at IS NOT NULL)),
  CONSTRAINT deliveries_sent CHECK ((state = 'SENT') = (sent_at IS NOT NULL)),
  CONSTRAINT deliveries_failed CHECK ((state = 'FAILED') = (failure <> ''))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
