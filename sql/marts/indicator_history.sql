CREATE VIEW mart.indicator_history WITH (security_invoker) AS
SELECT i.code AS indicator, a.code AS area_code, l.code AS area_level, p.key AS period,
       CASE v.sex WHEN 'T' THEN '_T' ELSE v.sex::text END AS sex,
       g.code AS age_group,
       v.numerator, v.denominator,
       v.numerator::double precision / nullif(v.denominator, 0) AS value,
       v.lower_count::double precision / nullif(v.denominator, 0) AS lower_bound,
       v.upper_count::double precision / nullif(v.denominator, 0) AS upper_bound,
       v.received::double precision / nullif(v.expected, 0) AS completeness,
       CASE WHEN c.area_id IS NOT NULL OR v.known_to < 'infinity' AND EXISTS (  -- a past figure that was signed
                SELECT FROM core.endorsement e
                WHERE e.area_id = v.area_id AND e.period_id = v.period_id AND e.dataset = 'scheme_returns'
                  AND e.as_known_at >= v.known_from AND e.as_known_at < v.known_to)
            THEN 'endorsed' ELSE 'provisional' END AS status,
       v.known_from, v.known_to, v.lower_count, v.upper_count
FROM (
    SELECT *, 'infinity'::timestamptz AS known_to FROM core.indicator_value
    UNION ALL
    SELECT * FROM core.indicator_past
) AS v
JOIN core.indicator i USING (indicator_id)
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
JOIN core.period p USING (period_id)
JOIN core.age_group g USING (age_group_id)
LEFT JOIN core.current_endorsement c
    ON c.period_id = v.period_id AND c.dataset = 'scheme_returns' AND c.area_id = v.area_id AND v.known_to = 'infinity';
