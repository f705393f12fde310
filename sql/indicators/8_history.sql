-- Bring core.indicator_value to what is in figure, at the areas of claimed. A figure that did not move keeps its row and
-- its known_from; one that moved leaves what it was in core.indicator_past, with the time during which it stood.
ANALYZE figure;

CREATE TEMP TABLE moved ON COMMIT DROP AS
SELECT area_id, indicator_id, sex, age_group_id,
       v.area_id IS NULL AS new, f.area_id IS NULL AS gone,
       f.numerator, f.denominator, f.lower_count, f.upper_count, f.expected, f.received, f.version
FROM (SELECT figure.*, i.version FROM figure JOIN core.indicator i USING (indicator_id)) AS f
FULL JOIN (
    SELECT v.* FROM claimed JOIN core.indicator_value v USING (area_id) WHERE v.period_id = :period_id
) AS v
    USING (area_id, indicator_id, sex, age_group_id)
WHERE (f.numerator, f.denominator, f.lower_count, f.upper_count, f.expected, f.received, f.version)
      IS DISTINCT FROM (v.numerator, v.denominator, v.lower_count, v.upper_count, v.expected, v.received, v.version);

INSERT INTO core.indicator_past
SELECT v.period_id, area_id, indicator_id, sex, age_group_id, v.numerator, v.denominator, v.lower_count, v.upper_count,
       v.expected, v.received, v.known_from, :now, v.version
FROM core.indicator_value v
JOIN moved USING (area_id, indicator_id, sex, age_group_id)
WHERE v.period_id = :period_id AND NOT new;

DELETE FROM core.indicator_value v
USING moved m
WHERE v.period_id = :period_id AND gone
  AND (v.area_id, v.indicator_id, v.sex, v.age_group_id) = (m.area_id, m.indicator_id, m.sex, m.age_group_id);

UPDATE core.indicator_value v  -- in place: the pages have room, so that no index is touched
SET numerator = m.numerator, denominator = m.denominator, lower_count = m.lower_count, upper_count = m.upper_count,
    expected = m.expected, received = m.received, known_from = :now, version = m.version
FROM moved m
WHERE v.period_id = :period_id AND NOT new AND NOT gone
  AND (v.area_id, v.indicator_id, v.sex, v.age_group_id) = (m.area_id, m.indicator_id, m.sex, m.age_group_id);

INSERT INTO core.indicator_value
SELECT :period_id, area_id, indicator_id, sex, age_group_id,
       numerator, denominator, lower_count, upper_count, expected, received, :now, version
FROM moved
WHERE new;
