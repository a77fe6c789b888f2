-- One planned reminder. decided_on is a business date; notice_id the notice that a fired one made.
CREATE TABLE reminders (
  reminder_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  deadline_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  code VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  fire_date DATE NOT NULL,
  fire_at DATETIME(6) NOT NULL,
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  decided_on DATE NULL,
  notice_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  PRIMARY KEY (reminder_id),
  UNIQUE KEY reminders_once (deadline_id, code, fire_date),
  CONSTRAINT reminders_of_deadline FOREIGN KEY (deadline_id) REFERENCES deadlines (deadline_id),
  CONSTRAINT reminders_state CHECK (state IN ('PENDING', 'FIRED', 'SKIPPED', 'CANCELLED')),
  CONSTRAINT reminders_decided CHECK ((state = 'PENDING') = (decided_on IS NULL)),
  CONSTRAINT reminders_notice CHECK ((state = 'FIRED') = (notice_id IS NOT NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
