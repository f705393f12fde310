CREATE VIEW mart.withdrawal WITH (security_invoker) AS
SELECT u.receipt, w.withdrawn_by, w.withdrawn_at, w.because, w.returns, w.whole
FROM ledger.withdrawal w
JOIN ledger.submission u USING (submission_id);
