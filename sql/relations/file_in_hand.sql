-- Files that somebody is at work on at this moment. Grain: submission.
CREATE VIEW core.file_in_hand WITH (security_invoker) AS
SELECT t.submission_id, s.turn, t.pid, t.span
FROM ledger.taken t
JOIN pg_stat_activity holder ON holder.pid = t.pid AND holder.backend_start = t.since
JOIN ledger.submission s USING (submission_id);
