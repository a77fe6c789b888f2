-- A feed that begins anew (a restore) may not tell of deadlines that it has told of before. stale: open, and not told
-- of since the feed began anew; nothing reminds of such a deadline, and it is not shown.
ALTER TABLE deadlines
  ADD COLUMN stale BOOLEAN NOT NULL DEFAULT FALSE AFTER state,
  ADD CONSTRAINT deadlines_stale CHECK (NOT stale OR (state = 'OPEN' AND next_fire_at IS NULL));
