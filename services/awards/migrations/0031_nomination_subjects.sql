-- Every nomination so far is one of a unit.
UPDATE nominations SET subject_id = unit_id WHERE subject_id = '';
-- A unit or a person is nominated once for a plan, year and form; a unit may have several people.
ALTER TABLE nominations
  DROP KEY nominations_once,
  ADD UNIQUE KEY nominations_once (plan_id, ranking_year, award_form, subject_id);
