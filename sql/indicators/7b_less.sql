-- Where a coverage divides by the persons who are left when those of other schemes are taken away (SI_COV_VULN), so many
-- fewer. A return that did not come, or a scheme that reports above the area, leaves it unknown how many they are, and so
-- the denominator: the counts stand without a rate.
CREATE TEMP TABLE less ON COMMIT DROP AS
WITH line AS (
    SELECT c.area_id, p.indicator_id, c.sex,
           core.total(core.measured(p.measure, c.beneficiaries, c.contributors, c.registered, c.new_enrolments, c.exits,
                                    c.amount_paid, c.applied, c.refused, c.waiting, c.paid_on_time,
                                    c.records_updated, c.accepted, c.first_paid)) AS persons
    FROM core.compiled_line c
    JOIN core.indicator_less p USING (scheme_id, sex, age_group_id, disability)
    WHERE c.period_id = :period_id AND c.area_id = ANY (ARRAY(SELECT area_id FROM claimed))
    GROUP BY c.area_id, p.indicator_id, c.sex
),
scheme AS (
    SELECT DISTINCT indicator_id, scheme_id FROM core.indicator_less
),
known AS (  -- every return of every scheme has come
    SELECT r.area_id, s.indicator_id
    FROM claimed
    JOIN core.reporting r USING (area_id)
    JOIN scheme s USING (scheme_id)
    WHERE r.period_id = :period_id AND r.dataset = 'scheme_returns'
    GROUP BY r.area_id, s.indicator_id
    HAVING bool_and(r.expected = r.received AND r.expected > 0)
       AND count(*) = (SELECT count(*) FROM scheme o WHERE o.indicator_id = s.indicator_id)
)
SELECT area_id, indicator_id, by_sex.sex, coalesce(core.total(l.persons), 0) AS persons
FROM known
CROSS JOIN (VALUES ('F'::"char"), ('M'), ('X'), ('U'), ('T')) AS by_sex (sex)
LEFT JOIN line l USING (area_id, indicator_id)
WHERE l.sex IS NULL OR by_sex.sex IN (l.sex, 'T')
GROUP BY area_id, indicator_id, by_sex.sex;

UPDATE figure f
SET denominator = f.denominator - coalesce((
        SELECT l.persons FROM less l WHERE (l.area_id, l.indicator_id, l.sex) = (f.area_id, f.indicator_id, f.sex)), 0)
WHERE f.indicator_id IN (SELECT indicator_id FROM core.indicator_less)
  AND EXISTS (SELECT FROM less l WHERE (l.area_id, l.indicator_id) = (f.area_id, f.indicator_id));

UPDATE figure f
SET denominator = NULL
WHERE f.indicator_id IN (SELECT indicator_id FROM core.indicator_less)
  AND (f.denominator <= 0
       OR NOT EXISTS (SELECT FROM less l WHERE (l.area_id, l.indicator_id) = (f.area_id, f.indicator_id)));
