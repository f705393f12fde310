CREATE VIEW mart.allocation_answer WITH (security_invoker) AS
SELECT g.return_id AS allocation, p.key AS period, a.code AS area_code, l.code AS area_level, s.code AS scheme, g.amount,
       g.known_from AS granted_at, k.acknowledged_at, k.person AS acknowledged_by
FROM core.present_allocation g
JOIN core.period p USING (period_id)
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
JOIN core.scheme s USING (scheme_id)
LEFT JOIN core.allocation_acknowledgement k ON k.return_id = g.return_id;
