CREATE VIEW mart.overlap_number WITH (security_invoker) AS
SELECT p.key AS period, a.code AS area_code, l.code AS area_level, o.sex::text AS sex, n.at_least,
       sum(o.persons)::bigint AS persons
FROM core.overlap o
JOIN core.period p USING (period_id)
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
JOIN LATERAL generate_series(1, cardinality(o.schemes)) AS n (at_least) ON true
GROUP BY p.key, a.code, l.code, o.sex, n.at_least;
