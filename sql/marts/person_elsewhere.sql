CREATE VIEW mart.person_elsewhere WITH (security_invoker) AS
SELECT p.key AS period, a.code AS area_code, l.code AS area_level, o.code AS home_area_code, c.persons
FROM core.person_elsewhere c
JOIN core.period p USING (period_id)
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
JOIN core.area o ON o.area_id = c.home_id;
