-- Codes with the days on which they hold. No two units hold a code at the same time: judged under the lock of
-- directory_state, and the key keeps two from beginning on the same day.
CREATE TABLE unit_codes (
  scheme VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  code VARCHAR(35) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NULL,
  unit_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (scheme, code, valid_from),
  KEY unit_codes_unit (unit_id),
  CONSTRAINT unit_codes_unit FOREIGN KEY (unit_id) REFERENCES units (unit_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
