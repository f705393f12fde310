-- The compiled figures of one area as they stood at a moment, added up anew from the returns known then.
CREATE FUNCTION mart.scheme_total_as_known_at(area text, of_period text, t timestamptz) RETURNS TABLE (
    area_code text, scheme text, period text, sex text, age_group text, disability text,
    beneficiaries bigint, contributors bigint, registered bigint, new_enrolments bigint, exits bigint, amount_paid numeric,
    applied bigint, refused bigint, waiting bigint, paid_on_time bigint, records_updated bigint, accepted bigint,
    first_paid bigint, place_not_known bigint, unit text)
LANGUAGE sql STABLE AS $$
    SELECT a.code, s.code, p.key, c.sex::text, g.code,
           CASE c.disability WHEN 'T' THEN '_T' ELSE c.disability::text END,
           c.beneficiaries, c.contributors, c.registered, c.new_enrolments, c.exits, c.amount_paid,
           c.applied, c.refused, c.waiting, c.paid_on_time, c.records_updated, c.accepted, c.first_paid,
           c.place_not_known, s.unit
    FROM core.period p
    JOIN core.area a ON a.code = scheme_total_as_known_at.area AND a.valid_from <= p.ends_on AND a.valid_to > p.starts_on
    CROSS JOIN LATERAL core.cells_as_known_at(p.period_id, ARRAY[a.area_id], t) c
    JOIN core.scheme s USING (scheme_id)
    JOIN core.age_group g USING (age_group_id)
    WHERE p.key = of_period
$$;
