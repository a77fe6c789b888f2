-- The answers of writes, stored in the transaction of the effect, so that a repeat with the same
-- request id gets the first answer. Kept at least 90 days. fingerprint is the SHA-256 of the
-- request without its request id; response is NULL only inside the transaction that makes it.
CREATE TABLE request_log (
  principal VARCHAR(128) NOT NULL,
  method VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  request_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  fingerprint BINARY(32) NOT NULL,
  response LONGBLOB NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (principal, method, request_id),
  KEY request_log_created (created_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
