-- Bring core.indicator_value to what is in fresh. A figure that did not move keeps its row and its known_from;
-- one that moved is closed and stays readable, so any earlier moment can be asked for.
UPDATE core.indicator_value v
SET known_to = :now
WHERE v.period_id = :period_id
  AND v.known_to = 'infinity'
  AND NOT EXISTS (
    SELECT FROM fresh f
    WHERE (f.area_id, f.indicator_id, f.sex, f.age_group_id) = (v.area_id, v.indicator_id, v.sex, v.age_group_id)
      AND (f.numerator, f.denominator, f.lower_count, f.upper_count, f.expected, f.received)
          IS NOT DISTINCT FROM (v.numerator, v.denominator, v.lower_count, v.upper_count, v.expected, v.received)
  );

INSERT INTO core.indicator_value
    (period_id, area_id, indicator_id, sex, age_group_id,
     numerator, denominator, lower_count, upper_count, expected, received, known_from)
SELECT :period_id, f.area_id, f.indicator_id, f.sex, f.age_group_id,
       f.numerator, f.denominator, f.lower_count, f.upper_count, f.expected, f.received, :now
FROM fresh f
WHERE NOT EXISTS (
    SELECT FROM core.indicator_value v
    WHERE v.period_id = :period_id AND v.known_to = 'infinity'
      AND (v.area_id, v.indicator_id, v.sex, v.age_group_id) = (f.area_id, f.indicator_id, f.sex, f.age_group_id)
);

UPDATE core.period SET published_at = :now WHERE period_id = :period_id;
SELECT pg_notify('sala_published', key) FROM core.period WHERE period_id = :period_id;
