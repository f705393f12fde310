CREATE VIEW mart.calendar WITH (security_invoker) AS
SELECT d.dataset, s.code AS scheme, s.administrator_code AS administrator, l.code AS area_level, d.period, d.starts_on,
       d.ends_on, d.due_on, d.grace_until,
       CASE WHEN t.is_on <= d.ends_on THEN 'running' WHEN t.is_on <= d.due_on THEN 'due'
            WHEN t.is_on <= d.grace_until THEN 'grace' ELSE 'past' END AS state
FROM core.due_date d
CROSS JOIN core.today t
JOIN core.layer l USING (layer_id)
LEFT JOIN core.scheme s ON s.scheme_id = d.scheme_id AND d.scheme_id > 0;
