CREATE VIEW mart.person_conflict WITH (security_invoker) AS
SELECT p.key AS period, a.code AS area_code, l.code AS area_level, c.about, c.persons
FROM core.person_conflict c
JOIN core.period p USING (period_id)
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id);
