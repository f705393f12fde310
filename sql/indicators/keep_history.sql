-- Bring core.indicator_value to what is in fresh, at the areas of touched. A figure that did not move keeps its row and its known_from;
-- one that moved goes to core.indicator_past with the time during which it stood.
CREATE TEMP TABLE moved ON COMMIT DROP AS
SELECT area_id, indicator_id, sex, age_group_id, f.area_id IS NULL AS gone
FROM fresh f
FULL JOIN (
    SELECT v.* FROM touched JOIN core.indicator_value v USING (area_id) WHERE v.period_id = :period_id
) AS v
    USING (area_id, indicator_id, sex, age_group_id)
WHERE (f.numerator, f.denominator, f.lower_count, f.upper_count, f.expected, f.received)
      IS DISTINCT FROM (v.numerator, v.denominator, v.lower_count, v.upper_count, v.expected, v.received);

WITH replaced AS (
    DELETE FROM core.indicator_value v
    USING moved m
    WHERE v.period_id = :period_id
      AND (v.area_id, v.indicator_id, v.sex, v.age_group_id) = (m.area_id, m.indicator_id, m.sex, m.age_group_id)
    RETURNING v.*
)
INSERT INTO core.indicator_past SELECT replaced.*, :now FROM replaced;

INSERT INTO core.indicator_value
SELECT :period_id, area_id, indicator_id, sex, age_group_id,
       numerator, denominator, lower_count, upper_count, expected, received, :now
FROM fresh
JOIN moved USING (area_id, indicator_id, sex, age_group_id)
WHERE NOT gone;
