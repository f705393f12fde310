CREATE VIEW mart.overlap_pair WITH (security_invoker) AS
SELECT p.key AS period, a.code AS area_code, l.code AS area_level, o.sex::text AS sex, s.code AS scheme,
       other.code AS other_scheme, sum(o.persons)::bigint AS persons
FROM core.overlap o
JOIN core.period p USING (period_id)
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
JOIN core.scheme s ON s.scheme_id = ANY (o.schemes)
JOIN core.scheme other ON other.scheme_id = ANY (o.schemes) AND other.code > s.code
GROUP BY p.key, a.code, l.code, o.sex, s.code, other.code;
