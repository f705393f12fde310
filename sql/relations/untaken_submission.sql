-- Files that wait and that nobody is at work on. Grain: submission.
CREATE VIEW core.untaken_submission WITH (security_invoker) AS
SELECT s.*
FROM ledger.submission s
WHERE s.state = 'received' AND s.submission_id NOT IN (SELECT submission_id FROM core.file_in_hand);
