-- Indicators of a period as known at a moment, at every area down to a layer. Grain: area, indicator, sex, age group.
SELECT h.area_code AS area, h.indicator, h.sex, h.age_group, h.numerator AS count, h.denominator,
       h.lower_count, h.upper_count, h.completeness
FROM mart.indicator_history h
JOIN mart.layer l USING (area_level)
WHERE h.period = :period AND h.known_from <= :moment AND h.known_to > :moment AND l.depth <= :depth
