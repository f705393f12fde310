CREATE VIEW mart.problem WITH (security_invoker) AS
SELECT u.receipt, p.row_number, p.column_name, p.value, p.rule, p.severity, p.message,
       confirmation.confirmed_by, confirmation.confirmed_at, confirmation.comment
FROM ledger.problem p
JOIN ledger.submission u ON u.submission_id = p.submission_id AND u.verdicts = p.verdict
LEFT JOIN LATERAL (
    SELECT c.confirmed_by, c.confirmed_at, c.comment
    FROM ledger.confirmation c
    WHERE p.severity IN ('warn', 'hold') AND c.submission_id = p.submission_id AND c.verdict = p.verdict
      AND coalesce(c.rule, p.rule) = p.rule AND coalesce(c.row_number, p.row_number) IS NOT DISTINCT FROM p.row_number
    ORDER BY c.confirmation_id DESC
    LIMIT 1
) AS confirmation ON true;
