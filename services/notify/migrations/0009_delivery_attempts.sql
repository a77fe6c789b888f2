-- One attempt, committed before the send begins.
CREATE TABLE delivery_attempts (
  delivery_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  number INT UNSIGNED NOT NULL,
  outcome VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  detail VARCHAR(500) NOT NULL,
  started_at DATETIME(6) NOT NULL,
  ended_at DATETIME(6) NULL,
  PRIMARY KEY (delivery_id, number),
  CONSTRAINT attempts_of_delivery FOREIGN KEY (delivery_id) REFERENCES deliveries (delivery_id),
  CONSTRAINT attempts_outcome CHECK (outcome IN ('SENDING', 'SENT', 'TRANSIENT', 'PERMANENT', 'UNKNOWN')),
  CONSTRAINT attempts_ended CHECK ((outcome = 'SENDING') = (ended_at IS NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
