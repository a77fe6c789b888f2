-- The business day of the last change of state. NULL: not known.
ALTER TABLE assessments ADD COLUMN state_date DATE NULL;
