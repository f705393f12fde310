CREATE FUNCTION mart.as_known_at(t timestamptz) RETURNS SETOF mart.indicator_value
LANGUAGE sql STABLE AS $$
    SELECT h.indicator, h.area_code, h.area_level, h.period, h.sex, h.age_group, h.numerator, h.denominator, h.value,
           h.lower_bound, h.upper_bound, h.completeness,
           CASE WHEN e.area_code IS NULL THEN 'provisional' ELSE 'endorsed' END, h.known_from, h.version, h.period_id
    FROM mart.indicator_history h
    LEFT JOIN (
        SELECT a.code AS area_code, p.key AS period
        FROM core.endorsement e
        JOIN core.area a USING (area_id)
        JOIN core.period p USING (period_id)
        WHERE e.dataset = 'scheme_returns' AND e.as_known_at <= t AND e.ended_at > t
    ) AS e USING (area_code, period)
    WHERE h.known_from <= t AND h.known_to > t
$$;
