-- Whether a name is the directory's can be said without keeping the name: SHA-256 over the person's id, a line feed and
-- the name. '' while it was not told.
ALTER TABLE people ADD COLUMN name_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';
