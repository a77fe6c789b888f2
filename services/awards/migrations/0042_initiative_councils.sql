-- Initiatives as a council reviews them. hours_saved and vnd_saved are NULL when not stated, which is not zero.
ALTER TABLE initiatives
  ADD COLUMN state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'REGISTERED',
  ADD COLUMN ballot_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  ADD COLUMN hours_saved BIGINT UNSIGNED NULL,
  ADD COLUMN vnd_saved BIGINT UNSIGNED NULL,
  ADD COLUMN benefit_basis TEXT NOT NULL DEFAULT '',
  ADD COLUMN recognition_scope VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
UPDATE initiatives SET state = 'RECOGNISED' WHERE recognition_date IS NOT NULL;
ALTER TABLE initiatives
  ADD CONSTRAINT initiatives_state CHECK (state IN ('REGISTERED', 'UNDER_REVIEW', 'CARRIED', 'RECOGNISED',
                                                    'NOT_RECOGNISED')),
  ADD CONSTRAINT initiatives_recognised CHECK ((state = 'RECOGNISED') = (recognition_date IS NOT NULL));
-- In whole percent; NULL when not stated.
ALTER TABLE initiative_authors ADD COLUMN share_percent TINYINT UNSIGNED NULL;
-- A ballot is on a nomination or on an initiative, and on either at most one is open.
ALTER TABLE ballots
  DROP CONSTRAINT ballots_open,
  MODIFY COLUMN nomination_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN initiative_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD COLUMN open_initiative_id CHAR(26) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD UNIQUE KEY ballots_open_initiative (open_initiative_id),
  ADD KEY ballots_initiative (initiative_id, ballot_id),
  ADD CONSTRAINT ballots_subject CHECK ((nomination_id IS NULL) <> (initiative_id IS NULL)),
  ADD CONSTRAINT ballots_open CHECK ((state = 'OPEN') = (COALESCE(open_nomination_id, open_initiative_id) IS NOT NULL));
