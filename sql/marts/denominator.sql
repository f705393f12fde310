CREATE VIEW mart.denominator WITH (security_invoker) AS
SELECT i.code AS indicator, a.code AS area_code, l.code AS area_level, p.key AS period, d.year, by_sex.sex, by_sex.persons,
       v.status::text AS status, v.from_years, v.sources, v.known_from
FROM core.period p
CROSS JOIN LATERAL core.population_year(p.period_id) AS divides (year)
JOIN core.indicator_denominator d ON d.year = divides.year
JOIN core.denominator_vintage v ON (v.year, v.area_id) = (d.year, d.area_id)
JOIN core.indicator i USING (indicator_id)
JOIN core.area a ON a.area_id = d.area_id
JOIN core.layer l ON l.layer_id = a.layer_id
CROSS JOIN LATERAL (
    VALUES ('F', d.f), ('M', d.m), ('X', d.x), ('U', d.u),
           ('_T', coalesce(d.f, 0) + coalesce(d.m, 0) + coalesce(d.x, 0) + coalesce(d.u, 0))
) AS by_sex (sex, persons)
WHERE by_sex.persons IS NOT NULL;
