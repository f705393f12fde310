-- What each layer's compilation is, whatever the layer: the bottom layer has nothing to add up, so its
-- compilation is its returns and is not stored twice.
CREATE OR REPLACE VIEW core.compiled WITH (security_invoker) AS
SELECT period_id, layer_id, area_id, scheme_id, sex, age_group_id, disability,
       beneficiaries, contributors, registered, new_enrolments, exits, amount_paid
FROM core.cube
UNION ALL
SELECT l.period_id, a.layer_id, r.area_id, r.scheme_id, l.sex, l.age_group_id, l.disability,
       l.beneficiaries, l.contributors, l.registered, l.new_enrolments, l.exits, l.amount_paid
FROM core.scheme_line l
JOIN core.return r USING (period_id, return_id)
JOIN core.area a USING (area_id)
WHERE r.dataset = 'scheme_returns'
  AND r.known_to = 'infinity'
  AND a.layer_id = (SELECT max(layer_id) FROM core.layer);

-- Periods whose chain has to be started: returns have changed since it last began, or it was cut short on its way.
CREATE OR REPLACE VIEW core.waiting WITH (security_invoker) AS
SELECT key, moved_at AS since
FROM core.period
WHERE moved_at > coalesce(compiled_at, '-infinity')
UNION ALL
SELECT key, compiled_at
FROM core.period
WHERE compiled_at >= moved_at
  AND coalesce(published_at, '-infinity') < compiled_at
  AND compiled_at < clock_timestamp() - interval '5 minutes';

-- The year whose population stands for a period: its own, or else the latest before it.
CREATE OR REPLACE FUNCTION core.population_year(of_period integer) RETURNS smallint
LANGUAGE sql STABLE AS $$
    SELECT max(year) FROM core.denominator WHERE year <= of_period / 1000
$$;
