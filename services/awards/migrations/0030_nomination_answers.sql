-- Answers to invitations, rejected dossiers and nominations of people. subject_id is who is awarded: the person, or the
-- unit when person_id is ''. state_date is NULL for what was made before it was kept. MISSED is no state of the table:
-- it follows from the deadline and the day.
ALTER TABLE nominations
  ADD COLUMN subject_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  ADD COLUMN person_id VARCHAR(26) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  ADD COLUMN person_name VARCHAR(200) NOT NULL DEFAULT '',
  ADD COLUMN person_position VARCHAR(200) NOT NULL DEFAULT '',
  ADD COLUMN summary TEXT NOT NULL DEFAULT '',
  ADD COLUMN nominator VARCHAR(128) NOT NULL DEFAULT '',
  ADD COLUMN selector VARCHAR(128) NOT NULL DEFAULT '',
  ADD COLUMN not_selected_reason TEXT NOT NULL DEFAULT '',
  ADD COLUMN state_date DATE NULL,
  ADD COLUMN reopened_until DATE NULL,
  ADD COLUMN answerer VARCHAR(128) NOT NULL DEFAULT '',
  ADD COLUMN answer_date DATE NULL,
  ADD COLUMN decline_reason TEXT NOT NULL DEFAULT '',
  ADD COLUMN rejecter VARCHAR(128) NOT NULL DEFAULT '',
  ADD COLUMN reject_date DATE NULL,
  ADD COLUMN reject_reason TEXT NOT NULL DEFAULT '',
  ADD COLUMN reject_check INT UNSIGNED NOT NULL DEFAULT 0,
  DROP CONSTRAINT nominations_state,
  ADD CONSTRAINT nominations_state CHECK (state IN ('SHORTLISTED', 'INVITED', 'FILED', 'RETURNED', 'APPRAISED',
                                                    'CARRIED', 'NOT_CARRIED', 'DECIDED', 'ACCEPTED', 'DECLINED',
                                                    'INELIGIBLE', 'NOMINATED', 'NOT_SELECTED')),
  ADD CONSTRAINT nominations_rejected CHECK ((state = 'INELIGIBLE') = (reject_date IS NOT NULL));
