-- What stands where a file's row was rejected: nothing that is wrong takes the place of what is right.
CREATE VIEW mart.standing_line WITH (security_invoker) AS
SELECT u.receipt, j.row_number, f.receipt AS standing_receipt, r.total AS return_total, to_jsonb(l) AS cells
FROM ledger.submission u
JOIN ledger.rejected_row j ON j.submission_id = u.submission_id AND j.verdict = u.verdicts
JOIN core.period p ON p.key = j.cells ->> 'period'
JOIN core.scheme s ON s.code = j.cells ->> 'scheme'
JOIN core.area a ON a.code = j.cells ->> 'area_code'
JOIN core.return r ON (r.period_id, r.area_id, r.scheme_id) = (p.period_id, a.area_id, s.scheme_id)
    AND r.dataset = u.dataset AND r.administrator_id = 0 AND r.known_to = 'infinity' AND r.submission_id <> u.submission_id
LEFT JOIN ledger.submission f ON f.submission_id = r.submission_id  -- whoever sees a return need not see its file
LEFT JOIN LATERAL (
    SELECT l.beneficiaries, l.contributors, l.registered, l.new_enrolments, l.exits, l.amount_paid, l.applied, l.refused,
           l.waiting, l.paid_on_time, l.records_updated
    FROM core.scheme_line l
    JOIN core.age_group g USING (age_group_id)
    WHERE (l.period_id, l.return_id) = (r.period_id, r.return_id) AND NOT l.remainder
      AND l.sex::text = j.cells ->> 'sex' AND g.code = j.cells ->> 'age_group'
      AND l.disability::text = coalesce(j.cells ->> 'disability', 'T')
    LIMIT 1
) AS l ON true
WHERE u.dataset = 'scheme_returns';
