-- How many activities a confirmation counts; NULL when it counts none, which is not zero.
ALTER TABLE standard_confirmations ADD COLUMN activity_count INT UNSIGNED NULL AFTER met;
