-- state_date of what is there: the business date of the newest change of state that was told; for what was never handed
-- in that of the opening of its round. Where the events are not there any more, the day of the last change of whatever
-- kind in Vietnam, which is the nearest that the data say and may be later than the change of state.
UPDATE assessments a SET a.state_date = COALESCE(
  (SELECT e.business_date FROM events e
   WHERE e.aggregate_id = a.assessment_id AND e.type = 'thidua.scoring.v1.AssessmentChanged'
   ORDER BY e.aggregate_version DESC LIMIT 1),
  (SELECT e.business_date FROM events e
   WHERE e.aggregate_id = a.round_id AND e.type = 'thidua.scoring.v1.AssessmentRoundCreated'
   ORDER BY e.aggregate_version DESC LIMIT 1),
  DATE(a.updated_at + INTERVAL 7 HOUR))
WHERE a.state_date IS NULL;
