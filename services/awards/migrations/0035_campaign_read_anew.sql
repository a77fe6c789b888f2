-- Names of people and quotas of plans told before they were kept come with campaign's snapshot, which is read when the
-- epoch is another one.
UPDATE consumer_positions SET epoch = '00000000000000000000000000', position = 0 WHERE producer = 'campaign';
