CREATE VIEW mart.indicator_history WITH (security_invoker) AS
SELECT i.code AS indicator, a.code AS area_code, l.code AS area_level, p.key AS period,
       CASE v.sex WHEN 'T' THEN '_T' ELSE v.sex::text END AS sex,
       g.code AS age_group,
       core.whole(v.numerator, i.nature, i.numerator_parts) AS numerator,
       core.whole(v.denominator, i.nature, i.denominator_parts) AS denominator,
       core.rate(v.numerator, v.denominator, i.divided, i.numerator_parts, i.denominator_parts) AS value,
       core.rate(v.lower_count, v.denominator, i.divided, i.numerator_parts, i.denominator_parts) AS lower_bound,
       core.rate(v.upper_count, v.denominator, i.divided, i.numerator_parts, i.denominator_parts) AS upper_bound,
       v.received::double precision / nullif(v.expected, 0) AS completeness,
       CASE WHEN c.area_id IS NOT NULL OR v.known_to < 'infinity' AND EXISTS (  -- a past figure that was signed
                SELECT FROM core.endorsement e
                WHERE e.area_id = v.area_id AND e.period_id = v.period_id AND e.dataset = 'scheme_returns'
                  AND e.as_known_at >= v.known_from AND e.as_known_at < v.known_to)
            THEN 'endorsed' ELSE 'provisional' END AS status,
       v.known_from, v.known_to, CASE WHEN i.nature <> 'gap' THEN v.lower_count END AS lower_count,
       CASE WHEN i.nature <> 'gap' THEN v.upper_count END AS upper_count, v.version,
       v.period_id
FROM (
    SELECT period_id, area_id, indicator_id, sex, age_group_id, numerator, denominator, lower_count, upper_count, expected,
           received, known_from, 'infinity'::timestamptz AS known_to, version
    FROM core.indicator_value
    UNION ALL
    SELECT period_id, area_id, indicator_id, sex, age_group_id, numerator, denominator, lower_count, upper_count, expected,
           received, known_from, known_to, version
    FROM core.indicator_past
) AS v
JOIN core.indicator i USING (indicator_id)
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
JOIN core.period p USING (period_id)
JOIN core.age_group g USING (age_group_id)
LEFT JOIN core.current_endorsement c
    ON c.period_id = v.period_id AND c.dataset = 'scheme_returns' AND c.area_id = v.area_id AND v.known_to = 'infinity';
