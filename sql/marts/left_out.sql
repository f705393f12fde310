CREATE VIEW mart.left_out WITH (security_invoker) AS
SELECT i.code AS indicator, a.code AS area_code, l.code AS area_level, p.key AS period,
       CASE v.sex WHEN 'T' THEN '_T' ELSE v.sex::text END AS sex, v.denominator,
       CASE WHEN v.numerator IS NOT NULL THEN greatest(v.denominator - v.numerator, 0) END AS uncovered,
       greatest(v.denominator - v.upper_count, 0) AS at_least,
       greatest(v.denominator - v.lower_count, 0) AS at_most,
       rank() OVER (PARTITION BY i.code, p.key, l.code, v.sex
                    ORDER BY greatest(v.denominator - v.lower_count, 0) DESC) AS place
FROM core.indicator_value v
JOIN core.indicator i USING (indicator_id)
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
JOIN core.period p USING (period_id)
WHERE i.nature = 'coverage' AND v.denominator IS NOT NULL AND v.age_group_id = 0;
