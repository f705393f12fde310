CREATE VIEW mart.held_return WITH (security_invoker) AS
SELECT u.receipt, h.period, h.area_code, h.subject, h.sent_by, h.sent_on, h.before_lines, h.after_lines,
       h.before_total, h.after_total
FROM ledger.held_return h
JOIN ledger.submission u ON u.submission_id = h.submission_id AND u.verdicts = h.verdict
WHERE u.state = 'held';
