CREATE VIEW mart.submission WITH (security_invoker) AS
SELECT u.receipt, u.filename, encode(u.sha256, 'hex') AS sha256, u.size, u.dataset, u.submitted_by, u.via, u.received_at,
       u.state, u.outcome, u.rows_read, u.rows_accepted, u.rows_rejected, u.finished_at,
       (SELECT count(*)
        FROM ledger.problem p
        WHERE p.submission_id = u.submission_id AND p.verdict = u.verdicts AND p.severity IN ('warn', 'hold')
          AND NOT EXISTS (
              SELECT FROM ledger.confirmation c
              WHERE c.submission_id = p.submission_id AND c.verdict = p.verdict AND coalesce(c.rule, p.rule) = p.rule
                AND coalesce(c.row_number, p.row_number) IS NOT DISTINCT FROM p.row_number)) AS unconfirmed,
       u.because, u.verdicts, u.handed_in_at, u.tried_at, u.raw_ended_at
FROM ledger.submission u;
