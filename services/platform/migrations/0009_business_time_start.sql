INSERT INTO business_time (id, offset_ms) VALUES (1, 0);
