-- Women compared with men, added to figure. As fractions of whole numbers, so that they too are divided last: the points
-- are women ÷ all women − men ÷ all men, over the product of both; the ratio is (women × all men) ÷ (men × all women).
-- Of bounds, the least that either can be is the fewest women against the most men. The bounds of a ratio have two
-- denominators and are kept as billionths, rounded outwards, where there is no value.
INSERT INTO figure
SELECT w.area_id, g.indicator_id, 'T', w.age_group_id, c.numerator, c.denominator, c.low, c.high,
       w.expected, least(w.received, m.received)
FROM core.indicator_gap g
JOIN core.indicator i USING (indicator_id)
JOIN figure w ON w.indicator_id = g.of_id AND w.sex = 'F' AND w.denominator > 0
JOIN figure m ON m.indicator_id = g.of_id AND m.sex = 'M' AND m.denominator > 0 AND m.area_id = w.area_id
    AND m.age_group_id = w.age_group_id
JOIN core.area a ON a.area_id = w.area_id
CROSS JOIN LATERAL (
    SELECT w.numerator * m.denominator - m.numerator * w.denominator AS numerator,
           w.denominator * m.denominator AS denominator,
           w.lower_count * m.denominator - m.upper_count * w.denominator AS low,
           w.upper_count * m.denominator - m.lower_count * w.denominator AS high
    WHERE g.shown_in = 'points'
    UNION ALL
    SELECT w.numerator * m.denominator, m.numerator * w.denominator,
           w.numerator * m.denominator, w.numerator * m.denominator
    WHERE g.shown_in = 'ratio' AND w.numerator + m.numerator IS NOT NULL
    UNION ALL
    SELECT NULL, 1000000000,
           floor(1e9 * w.lower_count * m.denominator / nullif(1.0 * m.upper_count * w.denominator, 0))::bigint,
           ceil(1e9 * w.upper_count * m.denominator / nullif(1.0 * m.lower_count * w.denominator, 0))::bigint
    WHERE g.shown_in = 'ratio' AND w.numerator + m.numerator IS NULL
) AS c
WHERE i.levels IS NULL OR a.layer_id = ANY (i.levels);
