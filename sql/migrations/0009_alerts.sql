-- When it was told that a fault of Sala keeps a file from being taken in; NULL: not yet.
ALTER TABLE ledger.submission ADD COLUMN alerted_at timestamptz;
CREATE INDEX submission_failed ON ledger.submission (submission_id) WHERE state = 'failed';
