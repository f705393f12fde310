-- Area by area and period by period, like mart.scheme_total.
CREATE VIEW mart.group_total WITH (security_invoker) AS
SELECT a.code AS area_code, y.code AS area_level, s.code AS scheme, p.key AS period, c.sex::text AS sex,
       g.code AS age_group, CASE c.disability WHEN 'T' THEN '_T' ELSE c.disability::text END AS disability,
       n.code AS population_group, n.dimension,
       c.beneficiaries, c.contributors, c.registered, c.new_enrolments, c.exits, c.amount_paid,
       c.applied, c.refused, c.waiting, c.paid_on_time, c.records_updated, c.accepted, c.first_paid,
       c.place_not_known, s.unit
FROM core.area a
JOIN core.layer y USING (layer_id)
JOIN core.period p ON p.kind <> 'W'  -- no scheme reports by the week
CROSS JOIN LATERAL (
    SELECT * FROM core.compiled_group_line t WHERE t.area_id = a.area_id AND t.period_id = p.period_id OFFSET 0
) AS c
JOIN core.scheme s USING (scheme_id)
JOIN core.age_group g USING (age_group_id)
JOIN core.population_group n USING (group_id);
