CREATE VIEW mart.unusual_change WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level,
       CASE WHEN u.scheme_id = 0 THEN 'flash_reports' ELSE 'scheme_returns' END AS dataset,
       p.key AS period, coalesce(s.code, u.axis) AS cell, u.value, u.usual
FROM core.unusual_change u
JOIN core.period p USING (period_id)
JOIN core.area a USING (area_id)
JOIN core.layer l ON l.layer_id = a.layer_id
LEFT JOIN core.scheme s ON s.scheme_id = u.scheme_id AND u.scheme_id > 0;
