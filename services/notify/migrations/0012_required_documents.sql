-- The feed's contract sets no bound to the documents that a plan asks for: a row must hold whatever comes, or the feed
-- stands still.
ALTER TABLE launched_plans MODIFY required_documents MEDIUMTEXT NOT NULL;
