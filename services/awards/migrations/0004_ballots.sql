-- A ballot keeps the rule and the roster of the day it was opened. open_nomination_id is the nomination
-- while the ballot is open and NULL afterwards: a nomination has at most one open ballot.
CREATE TABLE ballots (
  ballot_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  council_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  nomination_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  open_nomination_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  award_form VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  quorum_numerator INT UNSIGNED NOT NULL,
  quorum_denominator INT UNSIGNED NOT NULL,
  threshold_numerator INT UNSIGNED NOT NULL,
  threshold_denominator INT UNSIGNED NOT NULL,
  threshold_exclusive BOOLEAN NOT NULL,
  written_counts_for_quorum BOOLEAN NOT NULL,
  conflicts_left_out BOOLEAN NOT NULL,
  secret BOOLEAN NOT NULL,
  legal_basis VARCHAR(500) NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NULL,
  open_date DATE NOT NULL,
  close_date DATE NULL,
  meeting_date DATE NULL,
  place VARCHAR(300) NOT NULL,
  minutes_file_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  note TEXT NOT NULL,
  cancel_reason TEXT NOT NULL,
  row_version INT UNSIGNED NOT NULL,
  PRIMARY KEY (ballot_id),
  UNIQUE KEY ballots_open_nomination (open_nomination_id),
  KEY ballots_council (council_id, ballot_id),
  KEY ballots_nomination (nomination_id, ballot_id),
  KEY ballots_unit (unit_id, ballot_id),
  CONSTRAINT ballots_state CHECK (state IN ('OPEN', 'CLOSED', 'CANCELLED')),
  CONSTRAINT ballots_open CHECK ((state = 'OPEN') = (open_nomination_id IS NOT NULL)),
  CONSTRAINT ballots_closed CHECK ((state = 'OPEN') = (close_date IS NULL))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE ballot_members (
  ballot_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ordinal SMALLINT UNSIGNED NOT NULL,
  person_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  role VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  conflict BOOLEAN NOT NULL,
  present BOOLEAN NOT NULL,
  PRIMARY KEY (ballot_id, ordinal),
  UNIQUE KEY ballot_members_person (ballot_id, person_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
-- Every vote ever given; the one with the greatest sequence of a member counts.
CREATE TABLE votes (
  ballot_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  person_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sequence SMALLINT UNSIGNED NOT NULL,
  choice VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mode VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  file_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  recorded_by VARCHAR(128) NOT NULL,
  recorded_at DATETIME(6) NOT NULL,
  PRIMARY KEY (ballot_id, person_id, sequence),
  CONSTRAINT votes_choice CHECK (choice IN ('FOR', 'AGAINST', 'ABSTAIN')),
  CONSTRAINT votes_mode CHECK (mode IN ('IN_PERSON', 'WRITTEN'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
