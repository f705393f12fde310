CREATE VIEW mart.late_below WITH (security_invoker) AS
SELECT a.code AS area_code, y.code AS area_level, a.names, l.dataset, coalesce(s.code, '_T') AS scheme, l.period, l.due_on,
       today.is_on - l.due_on AS days_late, l.n, l.people, l.reminded_at
FROM core.late_below() l
JOIN core.area a USING (area_id)
JOIN core.layer y USING (layer_id)
LEFT JOIN core.scheme s ON s.scheme_id = l.scheme_id AND l.scheme_id > 0
CROSS JOIN core.today;
