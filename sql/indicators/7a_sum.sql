-- Indicators that add up what returns state: added to figure, at the areas of claimed and the layers of each indicator.
-- What is missing is not zero: a line without the one side counts on neither (core.unpaired), and where no return states
-- anything there is no numerator. Nobody can say what a missing return would add, so a sum has no bounds.

-- Grants are few, and each looks up by itself what was spent of it.
SET LOCAL enable_nestloop = on;
CREATE TEMP TABLE absorbed ON COMMIT DROP AS
SELECT area_id, scheme_id, paid, allocated
FROM core.absorption
WHERE period_id = :period_id AND paid IS NOT NULL AND area_id = ANY (ARRAY(SELECT area_id FROM claimed));
SET LOCAL enable_nestloop = off;
ANALYZE absorbed;

CREATE TEMP TABLE summed ON COMMIT DROP AS
WITH place AS MATERIALIZED (
    SELECT a.area_id, a.layer_id
    FROM claimed
    JOIN core.area a USING (area_id)
    JOIN core.period p ON p.period_id = :period_id AND a.valid_from <= p.ends_on AND a.valid_to > p.ends_on
    WHERE EXISTS (
        SELECT FROM core.indicator i JOIN core.indicator_sum USING (indicator_id)
        WHERE i.levels IS NULL OR a.layer_id = ANY (i.levels))
),
line AS (  -- what lines state of both sides
    SELECT c.area_id, p.indicator_id, c.sex,
           core.total(core.measured(p.numerator, c.beneficiaries, c.contributors, c.registered, c.new_enrolments,
                                    c.exits, c.amount_paid, c.applied, c.refused, c.waiting, c.paid_on_time,
                                    c.records_updated, c.accepted, c.first_paid)) AS numerator,
           core.total(core.measured(p.denominator, c.beneficiaries, c.contributors, c.registered, c.new_enrolments,
                                    c.exits, c.amount_paid, c.applied, c.refused, c.waiting, c.paid_on_time,
                                    c.records_updated, c.accepted, c.first_paid)) AS denominator
    FROM core.compiled_line c
    JOIN core.indicator_sum_part p USING (scheme_id, sex, age_group_id, disability)
    JOIN core.indicator i USING (indicator_id)
    WHERE c.period_id = :period_id AND c.area_id = ANY (ARRAY(SELECT area_id FROM place))
      AND (i.levels IS NULL OR c.layer_id = ANY (i.levels))
    GROUP BY c.area_id, p.indicator_id, c.sex
),
paired AS (
    SELECT area_id, indicator_id, l.sex,
           l.numerator - coalesce(u.numerator, 0) AS numerator, l.denominator - coalesce(u.denominator, 0) AS denominator,
           u.area_id IS NOT NULL AS some_unpaired
    FROM line l
    LEFT JOIN (SELECT * FROM core.unpaired WHERE period_id = :period_id) AS u USING (area_id, indicator_id, sex)
),
stated AS (
    -- of both sides nothing is left beside lines that state one: nothing was stated
    SELECT area_id, indicator_id, sex,
           CASE WHEN NOT (some_unpaired AND coalesce(numerator, 0) = 0 AND coalesce(denominator, 0) = 0)
                THEN numerator END AS numerator,
           CASE WHEN NOT (some_unpaired AND coalesce(numerator, 0) = 0 AND coalesce(denominator, 0) = 0)
                THEN denominator END AS denominator
    FROM paired
    UNION ALL
    SELECT area_id, indicator_id, 'T',
           core.total(CASE q.numerator WHEN 'received' THEN r.received WHEN 'on_time' THEN r.on_time
                                       WHEN 'expected' THEN r.expected END),
           core.total(CASE q.denominator WHEN 'received' THEN r.received WHEN 'on_time' THEN r.on_time
                                         WHEN 'expected' THEN r.expected END)
    FROM place
    JOIN core.reporting r USING (area_id)
    JOIN core.indicator_sum_scheme USING (scheme_id)
    JOIN core.indicator_sum q USING (indicator_id)
    JOIN core.indicator i USING (indicator_id)
    WHERE r.period_id = :period_id AND r.dataset = 'scheme_returns' AND (i.levels IS NULL OR place.layer_id = ANY (i.levels))
      AND q.numerator IN ('expected', 'received', 'on_time')
    GROUP BY area_id, indicator_id
    UNION ALL
    SELECT area_id, indicator_id, 'T',
           (100 * sum(CASE q.numerator WHEN 'spent' THEN x.paid WHEN 'allocated' THEN x.allocated END))::bigint,
           (100 * sum(CASE q.denominator WHEN 'spent' THEN x.paid WHEN 'allocated' THEN x.allocated END))::bigint
    FROM place
    JOIN absorbed x USING (area_id)
    JOIN core.indicator_sum_scheme USING (scheme_id)
    JOIN core.indicator_sum q USING (indicator_id)
    JOIN core.indicator i USING (indicator_id)
    WHERE (i.levels IS NULL OR place.layer_id = ANY (i.levels)) AND q.numerator IN ('spent', 'allocated')
    GROUP BY area_id, indicator_id
),
total AS (
    SELECT area_id, indicator_id, sex, numerator, denominator FROM stated
    UNION ALL
    SELECT area_id, indicator_id, 'T', core.total(numerator), core.total(denominator)
    FROM stated
    WHERE sex <> 'T'
    GROUP BY area_id, indicator_id
),
came AS (
    SELECT r.area_id, q.indicator_id, core.total(r.expected) AS expected, core.total(r.received) AS received
    FROM place
    JOIN core.reporting r USING (area_id)
    JOIN core.indicator_sum_scheme q USING (scheme_id)
    JOIN core.indicator i USING (indicator_id)
    WHERE r.period_id = :period_id AND r.dataset = 'scheme_returns' AND (i.levels IS NULL OR place.layer_id = ANY (i.levels))
    GROUP BY r.area_id, q.indicator_id
),
silent AS (
    SELECT area_id, indicator_id, returns FROM core.unpaired WHERE period_id = :period_id AND sex = 'T'
)
SELECT area_id, indicator_id, coalesce(t.sex, 'T') AS sex, t.numerator, t.denominator,
       coalesce(c.expected, 0) AS expected, coalesce(c.received, 0) - coalesce(s.returns, 0) AS received
FROM total t
FULL JOIN came c USING (area_id, indicator_id)
LEFT JOIN silent s USING (area_id, indicator_id)
JOIN core.indicator_sum q USING (indicator_id)
WHERE t.area_id IS NOT NULL OR q.numerator NOT IN ('spent', 'allocated');

INSERT INTO figure (area_id, indicator_id, sex, age_group_id, numerator, denominator, expected, received)
SELECT area_id, indicator_id, s.sex, 0, s.numerator,
       CASE WHEN q.denominator = 'population' THEN d.persons
            WHEN q.reference_amount IS NULL THEN s.denominator
            ELSE s.denominator * amount.of_period END,
       s.expected, s.received
FROM summed s
JOIN core.indicator i USING (indicator_id)
JOIN core.indicator_sum q USING (indicator_id)
CROSS JOIN (SELECT * FROM core.period WHERE period_id = :period_id) AS p
LEFT JOIN LATERAL (
    SELECT monthly * CASE p.kind WHEN 'Y' THEN 12 ELSE 1 END AS of_period
    FROM core.reference_amount r
    WHERE r.code = q.reference_amount AND r.valid_from <= p.starts_on
    ORDER BY r.valid_from DESC
    LIMIT 1
) AS amount ON true
LEFT JOIN LATERAL (
    SELECT CASE s.sex WHEN 'F' THEN e.f WHEN 'M' THEN e.m WHEN 'X' THEN e.x WHEN 'U' THEN e.u
                      ELSE coalesce(e.f, 0) + coalesce(e.m, 0) + coalesce(e.x, 0) + coalesce(e.u, 0) END AS persons
    FROM core.indicator_denominator e
    WHERE e.year = (SELECT core.population_year(:period_id)) AND e.area_id = s.area_id AND e.indicator_id = s.indicator_id
) AS d ON q.denominator = 'population'
WHERE s.sex = 'T' OR i.sexes IS NULL OR s.sex = ANY (i.sexes);
