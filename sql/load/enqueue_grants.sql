-- Grants compile nothing. Where their period is published, what it says of money is published anew: at the areas that got
-- them and all above.
INSERT INTO core.compile_queue (period_id, stage, area_id)
SELECT DISTINCT i.period_id, -1, above.area_id
FROM incoming i
JOIN core.period p ON p.period_id = i.period_id AND p.published_at IS NOT NULL
JOIN core.area a ON a.area_id = i.area_id
JOIN core.area above ON a.tree_left BETWEEN above.tree_left AND above.tree_right
WHERE EXISTS (SELECT FROM core.indicator_sum WHERE numerator IN ('spent', 'allocated'));
