CREATE VIEW mart.duty WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, d.dataset, s.code AS scheme, d.period, d.due_on, d.grace_until, d.state,
       d.content, d.received_at, d.state IN ('due', 'overdue', 'missing', 'empty') AS outstanding,
       (coalesce(d.received_at AT TIME ZONE t.timezone, t.is_on::timestamp))::date - d.due_on AS days_after_due
FROM core.duty d
CROSS JOIN core.today t
JOIN core.area a USING (area_id)
JOIN core.layer l ON l.layer_id = a.layer_id
LEFT JOIN core.scheme s ON s.scheme_id = d.scheme_id AND d.scheme_id > 0;
