-- The shared tables, in every service's schema. Nothing is granted that would change or remove what has happened.
GRANT SELECT, INSERT, UPDATE (position, leaf_hash) ON events TO @user@;
GRANT SELECT, UPDATE ON feed_head TO @user@;
GRANT SELECT, INSERT ON tree_heads TO @user@;
GRANT SELECT, INSERT, UPDATE (response) ON request_log TO @user@;
GRANT SELECT, INSERT, UPDATE ON consumer_positions TO @user@;
GRANT SELECT, INSERT, UPDATE ON files TO @user@;
-- For readiness: whether every migration of this build is applied.
GRANT SELECT ON schema_migrations TO @user@;
