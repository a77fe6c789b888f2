-- Telephone numbers come with campaign's snapshot, which is read when the epoch is another one.
ALTER TABLE contacts ADD COLUMN phone VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' AFTER email;
UPDATE consumer_positions SET epoch = '00000000000000000000000000', position = 0 WHERE producer = 'campaign';
-- An item may go by mail and by SMS, once each.
ALTER TABLE deliveries
  ADD COLUMN channel VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'MAIL' AFTER unit_id,
  DROP KEY deliveries_item,
  ADD UNIQUE KEY deliveries_item (item_id, channel),
  DROP KEY deliveries_queue,
  ADD KEY deliveries_queue (channel, due_at, delivery_id),
  ADD KEY deliveries_number (channel, address, sent_at),
  ADD CONSTRAINT deliveries_channel CHECK (channel IN ('MAIL', 'SMS'));
ALTER TABLE notice_templates ADD COLUMN sms VARCHAR(500) NOT NULL DEFAULT '' AFTER body;
