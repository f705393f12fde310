-- Area by area and period by period, so that asking for one of them reads no other (sql/relations/compiled_line.sql).
CREATE VIEW mart.scheme_total WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, s.code AS scheme, p.key AS period,
       c.sex::text AS sex, g.code AS age_group,
       CASE c.disability WHEN 'T' THEN '_T' ELSE c.disability::text END AS disability,
       c.beneficiaries, c.contributors, c.registered, c.new_enrolments, c.exits, c.amount_paid,
       c.applied, c.refused, c.waiting, c.paid_on_time, c.records_updated, c.accepted, c.first_paid,
       c.place_not_known, s.unit,
       CASE WHEN o.area_id IS NULL THEN 'provisional' ELSE 'endorsed' END AS status
FROM core.area a
JOIN core.layer l USING (layer_id)
JOIN core.period p ON p.kind <> 'W'  -- no scheme reports by the week
CROSS JOIN LATERAL (
    SELECT * FROM core.compiled_line t WHERE t.area_id = a.area_id AND t.period_id = p.period_id OFFSET 0
) AS c
JOIN core.scheme s USING (scheme_id)
JOIN core.age_group g USING (age_group_id)
LEFT JOIN core.current_endorsement o
    ON o.period_id = p.period_id AND o.dataset = 'scheme_returns' AND o.area_id = a.area_id;
