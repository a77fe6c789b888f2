-- A new schema starts a new epoch. After a restore from backup the epoch is replaced, so that
-- readers start again from a snapshot.
INSERT INTO feed_head (id, epoch, position, frontier, lease_holder, lease_until)
VALUES (1, LOWER(HEX(RANDOM_BYTES(13))), 0, '', '', NULL);
