-- Meetings of councils, as awards told of them. next_fire_at is the instant (business time) of the earliest pending
-- reminder: the queue that the worker reads; NULL when none is pending.
CREATE TABLE meetings (
  meeting_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version INT UNSIGNED NOT NULL,
  council_title VARCHAR(300) NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  begin_at DATETIME(6) NOT NULL,
  place VARCHAR(300) NOT NULL,
  agenda MEDIUMTEXT NOT NULL,
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  told_by_sms BOOLEAN NOT NULL,
  next_fire_at DATETIME(6) NULL,
  PRIMARY KEY (meeting_id),
  KEY meetings_queue (next_fire_at, meeting_id),
  CONSTRAINT meetings_state CHECK (state IN ('SCHEDULED', 'CANCELLED'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE meeting_people (
  meeting_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  person_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (meeting_id, person_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE meeting_reminders (
  reminder_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  meeting_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version INT UNSIGNED NOT NULL,
  code VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  fire_at DATETIME(6) NOT NULL,
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  decided_on DATE NULL,
  notice_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  PRIMARY KEY (reminder_id),
  UNIQUE KEY meeting_reminders_once (meeting_id, version, code),
  CONSTRAINT meeting_reminders_of_meeting FOREIGN KEY (meeting_id) REFERENCES meetings (meeting_id),
  CONSTRAINT meeting_reminders_state CHECK (state IN ('PENDING', 'FIRED', 'SKIPPED', 'CANCELLED')),
  CONSTRAINT meeting_reminders_decided CHECK ((state = 'PENDING') = (decided_on IS NULL)),
  CONSTRAINT meeting_reminders_notice CHECK ((state = 'FIRED') = (notice_id IS NOT NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
