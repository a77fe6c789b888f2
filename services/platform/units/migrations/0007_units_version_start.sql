INSERT INTO units_version (id, version) VALUES (1, 0);
