-- Windows of rounds told before round_explanations was there (0052) come with scoring's snapshot, which is read when the
-- epoch is another one.
UPDATE consumer_positions SET epoch = '00000000000000000000000000', position = 0 WHERE producer = 'scoring';
