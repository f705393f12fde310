CREATE VIEW mart.verdict WITH (security_invoker) AS
SELECT u.receipt, v.number, v.judged_at, v.outcome, v.rows_read, v.rows_accepted, v.rows_rejected, v.country
FROM ledger.verdict v
JOIN ledger.submission u USING (submission_id);
