-- Women compared with men, added to figure. As fractions of whole numbers, so that they too are divided last: the points
-- are women ÷ all women − men ÷ all men, over the product of both; the ratio is (women × all men) ÷ (men × all women).
-- Of bounds, the least that the points can be is the fewest women against the most men.
INSERT INTO figure
SELECT w.area_id, g.indicator_id, 'T', w.age_group_id,
       CASE g.shown_in WHEN 'points' THEN w.numerator * m.denominator - m.numerator * w.denominator
                       ELSE w.numerator * m.denominator END,
       CASE g.shown_in WHEN 'points' THEN w.denominator * m.denominator
                       ELSE m.numerator * w.denominator END,
       CASE g.shown_in WHEN 'points' THEN w.lower_count * m.denominator - m.upper_count * w.denominator END,
       CASE g.shown_in WHEN 'points' THEN w.upper_count * m.denominator - m.lower_count * w.denominator END,
       w.expected, least(w.received, m.received)
FROM core.indicator_gap g
JOIN core.indicator i USING (indicator_id)
JOIN figure w ON w.indicator_id = g.of_id AND w.sex = 'F' AND w.denominator > 0
JOIN figure m ON m.indicator_id = g.of_id AND m.sex = 'M' AND m.denominator > 0 AND m.area_id = w.area_id
    AND m.age_group_id = w.age_group_id
JOIN core.area a ON a.area_id = w.area_id
WHERE i.levels IS NULL OR a.layer_id = ANY (i.levels);
