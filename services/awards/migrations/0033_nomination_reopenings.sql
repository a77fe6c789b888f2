CREATE TABLE nomination_reopenings (
  nomination_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reopening_number SMALLINT UNSIGNED NOT NULL,
  reopener VARCHAR(128) NOT NULL,
  reopen_date DATE NOT NULL,
  reason TEXT NOT NULL,
  from_state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reopened_until DATE NULL,
  earlier_reason TEXT NOT NULL,
  PRIMARY KEY (nomination_id, reopening_number),
  CONSTRAINT nomination_reopenings_from CHECK (from_state IN ('DECLINED', 'MISSED', 'INELIGIBLE', 'NOT_SELECTED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
