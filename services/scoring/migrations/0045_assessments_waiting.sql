-- For lists of what waits: the assessments of a state in order, and on which side a person has acted.
ALTER TABLE assessments ADD KEY assessments_state_id (state, assessment_id);
ALTER TABLE assessment_duties ADD KEY assessment_duties_actor (actor, side, assessment_id);
