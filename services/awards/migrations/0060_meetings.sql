-- A meeting of a council. begin_at is UTC; those summoned are kept as they were when it was called or changed.
CREATE TABLE meetings (
  meeting_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  council_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  begin_at DATETIME(6) NOT NULL,
  place VARCHAR(300) NOT NULL,
  agenda TEXT NOT NULL,
  cancel_reason TEXT NOT NULL,
  set_at DATETIME(6) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  row_version INT UNSIGNED NOT NULL,
  PRIMARY KEY (meeting_id),
  KEY meetings_council (council_id, meeting_id),
  KEY meetings_unit (unit_id, meeting_id),
  KEY meetings_begin (begin_at, meeting_id),
  CONSTRAINT meetings_state CHECK (state IN ('SCHEDULED', 'CANCELLED')),
  CONSTRAINT meetings_cancelled CHECK ((state = 'CANCELLED') = (cancel_reason <> ''))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE meeting_people (
  meeting_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ordinal SMALLINT UNSIGNED NOT NULL,
  person_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (meeting_id, ordinal),
  UNIQUE KEY meeting_people_once (meeting_id, person_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE meeting_ballots (
  meeting_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ordinal SMALLINT UNSIGNED NOT NULL,
  ballot_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (meeting_id, ordinal),
  UNIQUE KEY meeting_ballots_once (meeting_id, ballot_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
