CREATE VIEW mart.indicator_version WITH (security_invoker) AS
SELECT i.code AS indicator, v.version, v.known_from, v.definition -> 'changes' -> v.version::text AS changed,
       v.version = i.version AS present, v.definition
FROM core.indicator_version v
JOIN core.indicator i USING (indicator_id);
