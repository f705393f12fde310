CREATE VIEW mart.allocation WITH (security_invoker) AS
SELECT p.key AS period, r.period_id, a.code AS area_code, l.code AS area_level, s.code AS scheme, m.amount,
       u.receipt, m.row_number, r.known_from
FROM core.return r
JOIN core.allocation_line m USING (return_id)
JOIN core.scheme s ON s.scheme_id = r.scheme_id
JOIN core.area a USING (area_id)
JOIN core.layer l ON l.layer_id = a.layer_id
JOIN core.period p USING (period_id)
LEFT JOIN ledger.submission u USING (submission_id)
WHERE r.dataset = 'allocations' AND r.known_to = 'infinity';
