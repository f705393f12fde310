CREATE VIEW mart.population WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, d.year, d.sex::text AS sex, g.code AS age_group,
       d.population, d.status::text AS status, v.from_years, v.sources, v.known_from
FROM core.denominator d
JOIN core.denominator_vintage v USING (year, area_id)
JOIN core.area a USING (area_id)
JOIN core.layer l ON l.layer_id = a.layer_id
JOIN core.age_group g USING (age_group_id);
