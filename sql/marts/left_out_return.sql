CREATE VIEW mart.left_out_return WITH (security_invoker) AS
SELECT u.receipt, o.receipt AS older_receipt, p.key AS period, a.code AS area_code,
       coalesce(s.code, i.code, '') AS subject, r.total
FROM ledger.left_out_return l
JOIN ledger.submission u ON u.submission_id = l.submission_id AND u.verdicts = l.verdict
JOIN core.return r ON r.return_id = l.return_id AND r.known_to = 'infinity'
JOIN ledger.submission o ON o.submission_id = r.submission_id
JOIN core.period p USING (period_id)
JOIN core.area a USING (area_id)
LEFT JOIN core.scheme s ON s.scheme_id = r.scheme_id AND r.scheme_id > 0
LEFT JOIN core.indicator i USING (indicator_id)
WHERE u.state = 'loaded';
