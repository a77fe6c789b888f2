-- Exact counts kept in the transaction of every change; scores read these. month is its first day. received and
-- excluded count in the month of receipt, the others in the month of finishing.
CREATE TABLE dossier_summary (
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  month DATE NOT NULL,
  procedure_code VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  channel TINYINT UNSIGNED NOT NULL,
  received BIGINT NOT NULL,
  excluded BIGINT NOT NULL,
  early BIGINT NOT NULL,
  on_time BIGINT NOT NULL,
  late BIGINT NOT NULL,
  unclassifiable BIGINT NOT NULL,
  PRIMARY KEY (unit_id, month, procedure_code, channel),
  CONSTRAINT dossier_summary_counts CHECK (received >= 0 AND excluded >= 0 AND early >= 0 AND on_time >= 0
    AND late >= 0 AND unclassifiable >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
