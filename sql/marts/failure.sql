CREATE VIEW mart.failure WITH (security_invoker) AS
SELECT u.receipt, u.filename, u.dataset, u.submitted_by, u.received_at, u.state, u.attempts, last.at AS failed_at,
       last.detail ->> 'fault' AS fault, nullif(last.detail -> 'says', 'null') AS says, u.alerted_at
FROM ledger.submission u
CROSS JOIN LATERAL (
    SELECT c.at, c.detail
    FROM ledger.state_change c
    WHERE c.submission_id = u.submission_id AND c.state = 'failed'
    ORDER BY c.at DESC LIMIT 1
) AS last
WHERE u.state = 'failed' OR u.state = 'received' AND u.attempts > 0;
