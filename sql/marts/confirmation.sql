CREATE VIEW mart.confirmation WITH (security_invoker) AS
SELECT u.receipt, c.verdict, c.rule, c.row_number, c.comment, c.confirmed_by, c.confirmed_at
FROM ledger.confirmation c
JOIN ledger.submission u USING (submission_id);
