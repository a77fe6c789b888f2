-- People in scope of a plan on the day of its launch; NULL before it and for plans launched before this was kept.
ALTER TABLE plans ADD COLUMN participant_person_count INT UNSIGNED NULL;
