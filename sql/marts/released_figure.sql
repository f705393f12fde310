CREATE VIEW mart.released_figure WITH (security_invoker) AS
SELECT r.code AS release, p.key AS period, c.public_table, c.key, c.area_code, c.sex, c.age_group, c.scheme,
       c.indicator, c.count, c.denominator, coalesce(c.value, c.count::double precision / nullif(c.denominator, 0)) AS value,
       c.lower_bound, c.upper_bound, c.completeness, c.status::text AS status
FROM core.released_cell c
JOIN core.release r USING (release_id)
JOIN core.period p USING (period_id);
