CREATE VIEW mart.indicator_signed WITH (security_invoker) AS
SELECT i.code AS indicator, a.code AS area_code, l.code AS area_level, p.key AS period,
       CASE v.sex WHEN 'T' THEN '_T' ELSE v.sex::text END AS sex, g.code AS age_group,
       core.whole(v.numerator, i.nature, i.numerator_parts) AS numerator,
       core.whole(v.denominator, i.nature, i.denominator_parts) AS denominator,
       core.rate(v.numerator, v.denominator, i.divided, i.numerator_parts, i.denominator_parts) AS value,
       core.rate(v.lower_count, v.denominator, i.divided, i.numerator_parts, i.denominator_parts) AS lower_bound,
       core.rate(v.upper_count, v.denominator, i.divided, i.numerator_parts, i.denominator_parts) AS upper_bound,
       v.received::double precision / nullif(v.expected, 0) AS completeness,
       'endorsed' AS status, v.known_from, v.signed_at, v.signed_until, v.version,
       v.period_id
FROM (
    SELECT v.period_id, v.area_id, v.indicator_id, v.sex, v.age_group_id, v.numerator, v.denominator, v.lower_count,
           v.upper_count, v.expected, v.received, v.known_from, s.as_known_at AS signed_at, s.ended_at AS signed_until,
           v.version
    FROM core.last_endorsement s
    JOIN core.indicator_value v ON v.period_id = s.period_id AND v.area_id = s.area_id AND v.known_from <= s.as_known_at
    WHERE s.dataset = 'scheme_returns'
    UNION ALL
    SELECT v.period_id, v.area_id, v.indicator_id, v.sex, v.age_group_id, v.numerator, v.denominator, v.lower_count,
           v.upper_count, v.expected, v.received, v.known_from, s.as_known_at, s.ended_at, v.version
    FROM core.last_endorsement s
    JOIN core.indicator_past v ON v.period_id = s.period_id AND v.area_id = s.area_id
        AND v.known_from <= s.as_known_at AND v.known_to > s.as_known_at
    WHERE s.dataset = 'scheme_returns'
) AS v
JOIN core.indicator i USING (indicator_id)
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
JOIN core.period p USING (period_id)
JOIN core.age_group g USING (age_group_id);
