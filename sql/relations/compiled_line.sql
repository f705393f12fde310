-- What is compiled for each area, line by line. Grain: period, area, scheme, sex, age group, disability.
-- The lowest layer has nothing to add up: its compilation is its returns. A query that names its areas (in an array, or in
-- a sub-select that Postgres does not dissolve, for which OFFSET 0 is enough) reaches them by the indexes of both
-- branches, and one that names a layer reads one branch; joined plainly, both are read for the whole period.
CREATE VIEW core.compiled_line WITH (security_invoker) AS
SELECT period_id, layer_id, area_id, scheme_id, sex, age_group_id, disability,
       beneficiaries, contributors, registered, new_enrolments, exits, amount_paid,
       applied, refused, waiting, paid_on_time, records_updated, place_not_known,
       accepted, first_paid
FROM core.scheme_total
UNION ALL
SELECT r.period_id, a.layer_id, r.area_id, r.scheme_id, l.sex, l.age_group_id, l.disability,
       l.beneficiaries, l.contributors, l.registered, l.new_enrolments, l.exits, l.amount_paid,
       l.applied, l.refused, l.waiting, l.paid_on_time, l.records_updated, NULL::bigint,
       l.accepted, l.first_paid
FROM core.return r
JOIN core.scheme_line l USING (period_id, return_id)
JOIN core.area a USING (area_id)
WHERE r.dataset = 'scheme_returns'
  AND r.known_to = 'infinity'
  AND a.layer_id = (SELECT max(layer_id) FROM core.layer);
