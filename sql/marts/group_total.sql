CREATE VIEW mart.group_total WITH (security_invoker) AS
SELECT a.code AS area_code, y.code AS area_level, s.code AS scheme, p.key AS period, c.sex::text AS sex,
       g.code AS age_group, CASE c.disability WHEN 'T' THEN '_T' ELSE c.disability::text END AS disability,
       n.code AS population_group, n.dimension,
       c.beneficiaries, c.contributors, c.registered, c.new_enrolments, c.exits, c.amount_paid,
       c.applied, c.refused, c.waiting, c.paid_on_time, c.records_updated, c.place_not_known, s.unit
FROM core.compiled_group_line c
JOIN core.area a USING (area_id)
JOIN core.layer y ON y.layer_id = a.layer_id
JOIN core.scheme s USING (scheme_id)
JOIN core.period p USING (period_id)
JOIN core.age_group g USING (age_group_id)
JOIN core.population_group n USING (group_id);
