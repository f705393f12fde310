-- A sum is divided by what the same lines state: a line that has the one and not the other is left out of both, because
-- what is missing is not zero. This is what such lines state, and how many returns state nothing of an indicator at all.
DELETE FROM core.unpaired u USING claimed t WHERE u.period_id = :period_id AND u.area_id = t.area_id;

INSERT INTO core.unpaired
WITH line AS MATERIALIZED (
    SELECT r.area_id, r.return_id, p.indicator_id, l.sex, a.layer_id = s.layer_id AS expected,
           p.numerator IS NOT NULL AND p.denominator IS NOT NULL AS paired,
           core.measured(p.numerator, l.beneficiaries, l.contributors, l.registered, l.new_enrolments, l.exits,
                         l.amount_paid, l.applied, l.refused, l.waiting, l.paid_on_time, l.records_updated,
                         l.accepted, l.first_paid) AS numerator,
           core.measured(p.denominator, l.beneficiaries, l.contributors, l.registered, l.new_enrolments, l.exits,
                         l.amount_paid, l.applied, l.refused, l.waiting, l.paid_on_time, l.records_updated,
                         l.accepted, l.first_paid) AS denominator
    FROM claimed
    JOIN core.area a USING (area_id)
    JOIN core.return r USING (area_id)
    JOIN core.scheme s USING (scheme_id)
    JOIN core.scheme_line l USING (period_id, return_id)
    JOIN core.indicator_sum_part p USING (scheme_id, sex, age_group_id, disability)
    WHERE r.period_id = :period_id AND r.dataset = 'scheme_returns' AND r.known_to = 'infinity'
),
own AS (
    SELECT area_id, indicator_id, sex, 0 AS returns, core.total(numerator) AS numerator,
           core.total(denominator) AS denominator
    FROM line
    WHERE paired AND (numerator IS NULL) <> (denominator IS NULL)
    GROUP BY area_id, indicator_id, sex
    UNION ALL
    SELECT area_id, indicator_id, 'T', count(*), NULL, NULL
    FROM (
        SELECT area_id, indicator_id, return_id
        FROM line
        WHERE expected
        GROUP BY area_id, indicator_id, return_id
        HAVING count(*) FILTER (WHERE CASE WHEN paired THEN numerator IS NOT NULL AND denominator IS NOT NULL
                                           ELSE coalesce(numerator, denominator) IS NOT NULL END) = 0
    ) AS silent
    GROUP BY area_id, indicator_id
),
below AS (
    SELECT t.area_id, b.indicator_id, b.sex, b.returns, b.numerator, b.denominator
    FROM claimed t
    JOIN core.area a ON a.parent_id = t.area_id
    JOIN core.unpaired b ON b.area_id = a.area_id AND b.period_id = :period_id
)
SELECT :period_id, :layer_id, area_id, indicator_id, sex, core.total(returns), core.total(numerator),
       core.total(denominator)
FROM (SELECT * FROM own UNION ALL SELECT * FROM below) AS own_and_below
GROUP BY area_id, indicator_id, sex;
