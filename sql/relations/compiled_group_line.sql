-- The lines by population group that are compiled for each area; they restate persons of core.compiled_line,
-- and follow it: totals above the lowest layer, returns on it.
-- Grain: period, area, scheme, sex, age group, disability, population group.
CREATE VIEW core.compiled_group_line WITH (security_invoker) AS
SELECT period_id, layer_id, area_id, scheme_id, sex, age_group_id, disability,
       beneficiaries, contributors, registered, new_enrolments, exits, amount_paid,
       applied, refused, waiting, paid_on_time, records_updated, place_not_known, group_id,
       accepted, first_paid
FROM core.group_total
UNION ALL
SELECT r.period_id, a.layer_id, r.area_id, r.scheme_id, l.sex, l.age_group_id, l.disability,
       l.beneficiaries, l.contributors, l.registered, l.new_enrolments, l.exits, l.amount_paid,
       l.applied, l.refused, l.waiting, l.paid_on_time, l.records_updated, NULL::bigint, l.group_id,
       l.accepted, l.first_paid
FROM core.return r
JOIN core.group_line l USING (period_id, return_id)
JOIN core.area a USING (area_id)
WHERE r.dataset = 'scheme_returns'
  AND r.known_to = 'infinity'
  AND a.layer_id = (SELECT max(layer_id) FROM core.layer);
