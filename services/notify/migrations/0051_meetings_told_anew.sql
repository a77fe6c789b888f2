-- A feed of awards that begins anew (a restore) may tell of meetings at versions that it has told of before. stale: not
-- told of since the feed began anew; nothing reminds of such a meeting. revision: ours, and never used twice; notices
-- and reminders are told apart by it.
ALTER TABLE meetings
  ADD COLUMN stale BOOLEAN NOT NULL DEFAULT FALSE AFTER version,
  ADD COLUMN revision INT UNSIGNED NOT NULL DEFAULT 0 AFTER version;
UPDATE meetings SET revision = version;
ALTER TABLE meetings ALTER COLUMN revision DROP DEFAULT;
ALTER TABLE meeting_reminders CHANGE COLUMN version revision INT UNSIGNED NOT NULL;
