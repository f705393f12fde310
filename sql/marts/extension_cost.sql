-- Uncovered eligible persons × benefit × (1 + administration rate), for a month. An assumption that is NULL is the one of
-- the plan in the country folder; each answer says by which it was made.
CREATE FUNCTION mart.extension_cost(of_administration_rate double precision, of_monthly_benefit double precision)
RETURNS TABLE (
    indicator text, area_code text, area_level text, period text, sex text, uncovered bigint, uncovered_at_least bigint,
    uncovered_at_most bigint, monthly_benefit double precision, administration_rate double precision,
    monthly_cost double precision, monthly_cost_at_least double precision, monthly_cost_at_most double precision,
    accountable text, scheme text
)
LANGUAGE sql STABLE AS $$
    SELECT o.indicator, o.area_code, o.area_level, o.period, o.sex, o.uncovered, o.at_least, o.at_most, x.benefit, x.rate,
           o.uncovered * x.benefit * (1 + x.rate), o.at_least * x.benefit * (1 + x.rate),
           o.at_most * x.benefit * (1 + x.rate), e.extension ->> 'accountable', e.extension ->> 'scheme'
    FROM core.country c
    CROSS JOIN LATERAL jsonb_array_elements(c.definition #> '{plan,extensions}') AS e (extension)
    CROSS JOIN LATERAL (
        SELECT coalesce(of_monthly_benefit, (e.extension ->> 'monthly')::double precision) AS benefit,
               coalesce(of_administration_rate, (c.definition #>> '{plan,administration_rate}')::double precision) AS rate
    ) AS x
    JOIN core.uncovered o ON o.indicator = e.extension ->> 'indicator'
    WHERE jsonb_typeof(c.definition #> '{plan,extensions}') = 'array'
$$;
