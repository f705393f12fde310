CREATE VIEW mart.eligible_population WITH (security_invoker) AS
SELECT s.code AS scheme, a.code AS area_code, l.code AS area_level, e.year, by_sex.sex, by_sex.persons,
       v.status::text AS status, v.from_years, v.sources, v.known_from
FROM core.eligible e
JOIN core.denominator_vintage v USING (year, area_id)
JOIN core.scheme s USING (scheme_id)
JOIN core.area a USING (area_id)
JOIN core.layer l ON l.layer_id = a.layer_id
CROSS JOIN LATERAL (
    VALUES ('F', e.f), ('M', e.m), ('X', e.x), ('U', e.u),
           ('_T', coalesce(e.f, 0) + coalesce(e.m, 0) + coalesce(e.x, 0) + coalesce(e.u, 0))
) AS by_sex (sex, persons)
WHERE by_sex.persons IS NOT NULL;
