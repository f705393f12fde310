CREATE VIEW mart.scheme WITH (security_invoker) AS
SELECT s.code AS scheme, s.names, s.administrator, s.guarantee, s.function, s.kind, l.code AS area_level,
       s.frequency::text AS frequency, s.due_days, s.starts, s.ends, s.unit
FROM core.scheme s
JOIN core.layer l USING (layer_id)
WHERE s.scheme_id > 0;
