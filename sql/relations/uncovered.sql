-- Persons whom the indicators of coverage leave out: exactly where the numerator is known, else at least and at most.
-- A condition on area or period reaches the index, as it could not through a view that ranks. Grain: indicator, area,
-- period, sex.
CREATE VIEW core.uncovered WITH (security_invoker) AS
SELECT i.code AS indicator, a.code AS area_code, l.code AS area_level, p.key AS period,
       CASE v.sex WHEN 'T' THEN '_T' ELSE v.sex::text END AS sex, v.denominator,
       CASE WHEN v.numerator IS NOT NULL THEN greatest(v.denominator - v.numerator, 0) END AS uncovered,
       greatest(v.denominator - v.upper_count, 0) AS at_least,
       greatest(v.denominator - v.lower_count, 0) AS at_most
FROM core.indicator_value v
JOIN core.indicator i USING (indicator_id)
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
JOIN core.period p USING (period_id)
WHERE i.nature = 'coverage' AND v.denominator IS NOT NULL AND v.age_group_id = 0;
