INSERT INTO directory_state (id, version) VALUES (1, 1);
