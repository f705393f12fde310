-- What schemes that count persons reported for a period, as known at a moment, added up at every area down to a layer.
-- Grain: area, scheme, sex, age group (_T: age not stated).
SELECT a.code AS area, s.code AS scheme, c.sex::text AS sex, g.code AS age_group,
       sum(c.beneficiaries)::bigint AS beneficiaries, sum(c.contributors)::bigint AS contributors,
       sum(c.registered)::bigint AS registered, sum(c.new_enrolments)::bigint AS new_enrolments,
       sum(c.exits)::bigint AS exits
FROM core.cells_as_known_at(:period_id, ARRAY(
    SELECT area_id FROM core.area JOIN core.period p ON p.period_id = :period_id
    WHERE layer_id <= :depth AND valid_from <= p.ends_on AND valid_to > p.ends_on), :moment) c
JOIN core.area a USING (area_id)
JOIN core.scheme s USING (scheme_id)
JOIN core.age_group g USING (age_group_id)
WHERE s.unit = 'persons'
GROUP BY a.code, s.code, c.sex, g.code
