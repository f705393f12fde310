CREATE VIEW mart.overlap WITH (security_invoker) AS
SELECT p.key AS period, a.code AS area_code, l.code AS area_level, o.sex::text AS sex, g.code AS age_group,
       CASE o.disability WHEN 'T' THEN '_T' ELSE o.disability::text END AS disability,
       ARRAY(SELECT s.code FROM core.scheme s WHERE s.scheme_id = ANY (o.schemes) ORDER BY s.code) AS schemes,
       cardinality(o.schemes) AS scheme_count, o.persons, o.placed_here
FROM core.overlap o
JOIN core.period p USING (period_id)
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
JOIN core.age_group g USING (age_group_id);
