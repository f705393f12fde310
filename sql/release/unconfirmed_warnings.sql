-- What looked doubtful in the files whose returns stood for a period at a moment, and nobody has confirmed; and the files
-- that are held because of what they would replace in it. One row.
SELECT (SELECT count(*)
        FROM ledger.problem p
        JOIN ledger.submission u ON u.submission_id = p.submission_id AND u.verdicts = p.verdict
        WHERE p.severity = 'warn'
          AND u.submission_id IN (
              SELECT r.submission_id FROM core.return r
              WHERE r.period_id = :period_id AND r.dataset = 'scheme_returns' AND r.known_from <= :moment
                AND r.known_to > :moment)
          AND NOT EXISTS (
              SELECT FROM ledger.confirmation c
              WHERE (c.submission_id, c.verdict) = (p.submission_id, p.verdict) AND coalesce(c.rule, p.rule) = p.rule
                AND coalesce(c.row_number, p.row_number) IS NOT DISTINCT FROM p.row_number)) AS unconfirmed,
       (SELECT count(DISTINCT u.submission_id)
        FROM ledger.held_return h
        JOIN ledger.submission u ON u.submission_id = h.submission_id AND u.verdicts = h.verdict
        WHERE u.state = 'held' AND h.period = :period) AS held
