-- Who introduced an exemplar (a token's subject); they do not have it published. Empty: before this was kept.
ALTER TABLE plan_exemplars ADD COLUMN proposer VARCHAR(128) NOT NULL DEFAULT '';
