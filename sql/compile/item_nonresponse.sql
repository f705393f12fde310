-- Returns that came and leave out lines, or measures of lines, that an indicator counts, and how many persons these could
-- count: everybody for whom the scheme is meant in those cells. In a return that stands in part they are among those of
-- nonresponse_population already, which takes away the persons of its lines; where an indicator counts something else of
-- them, that is taken away instead. Counted by indicator, because what one leaves out another may not ask for.
DELETE FROM core.item_nonresponse s USING claimed t WHERE s.period_id = :period_id AND s.area_id = t.area_id;

INSERT INTO core.item_nonresponse
WITH missing AS MATERIALIZED (  -- one row a return, indicator, sex and age group; whatever the measures
    SELECT DISTINCT r.return_id, r.area_id, r.scheme_id, r.partial, p.indicator_id, c.sex, c.age_group_id
    FROM claimed
    JOIN core.return r USING (area_id)
    JOIN core.missing_line m USING (return_id)
    JOIN core.scheme_cell c ON c.scheme_id = r.scheme_id AND c.sex = m.sex AND m.age_group_id IN (0, c.age_group_id)
    JOIN core.indicator_part p
        ON p.scheme_id = r.scheme_id AND p.sex = c.sex AND p.age_group_id = c.age_group_id
        AND m.measure IN ('', p.measure)
    WHERE r.period_id = :period_id AND r.dataset = 'scheme_returns' AND r.known_to = 'infinity'
),
measured AS (  -- of which schemes an indicator counts something else than who receives
    SELECT DISTINCT indicator_id, scheme_id, measure FROM core.indicator_part WHERE measure <> 'beneficiaries'
),
in_part AS (
    SELECT r.area_id, r.scheme_id, p.indicator_id, l.sex, core.total(l.beneficiaries) AS persons,
           core.total(core.measured(p.measure, l.beneficiaries, l.contributors, l.registered, l.new_enrolments, l.exits,
                                    l.amount_paid, l.applied, l.refused, l.waiting, l.paid_on_time, l.records_updated,
                                    l.accepted, l.first_paid)) AS stated
    FROM claimed
    JOIN core.area a USING (area_id)
    JOIN core.return r USING (area_id)
    JOIN core.scheme s ON s.scheme_id = r.scheme_id AND s.layer_id = a.layer_id
    JOIN measured p ON p.scheme_id = r.scheme_id
    JOIN core.scheme_line l ON l.period_id = r.period_id AND l.return_id = r.return_id
    WHERE r.period_id = :period_id AND r.dataset = 'scheme_returns' AND r.known_to = 'infinity' AND r.partial
    GROUP BY r.area_id, r.scheme_id, p.indicator_id, l.sex
),
own AS (
    SELECT m.area_id, m.indicator_id, m.sex, count(DISTINCT m.return_id) AS returns,
           CASE WHEN bool_or(e.area_id IS NULL AND NOT m.partial) THEN NULL
                ELSE coalesce(core.total(d.population) FILTER (WHERE NOT m.partial), 0) END AS persons
    FROM missing m
    LEFT JOIN core.eligible e
        ON e.year = (SELECT core.population_year(:period_id)) AND e.area_id = m.area_id AND e.scheme_id = m.scheme_id
    LEFT JOIN core.denominator d
        ON d.year = e.year AND d.area_id = m.area_id AND d.sex = m.sex AND d.age_group_id = m.age_group_id
    GROUP BY m.area_id, m.indicator_id, m.sex
    UNION ALL
    SELECT area_id, indicator_id, 'T', count(DISTINCT return_id), 0
    FROM missing
    GROUP BY area_id, indicator_id
    UNION ALL
    SELECT area_id, indicator_id, sex, 0,
           core.total(greatest(meant - coalesce(stated, 0), 0) - greatest(meant - coalesce(persons, 0), 0))
    FROM in_part
    JOIN core.eligible e USING (area_id, scheme_id)
    CROSS JOIN LATERAL (SELECT CASE sex WHEN 'F' THEN f WHEN 'M' THEN m WHEN 'X' THEN x ELSE u END AS meant) AS by_sex
    WHERE e.year = (SELECT core.population_year(:period_id)) AND meant IS NOT NULL
    GROUP BY area_id, indicator_id, sex
),
below AS (
    SELECT t.area_id, b.indicator_id, b.sex, b.returns, b.persons
    FROM claimed t
    JOIN core.area a ON a.parent_id = t.area_id
    JOIN core.item_nonresponse b ON b.area_id = a.area_id AND b.period_id = :period_id
)
SELECT :period_id, :layer_id, area_id, indicator_id, sex, core.total(returns),
       CASE WHEN bool_or(persons IS NULL) THEN NULL ELSE core.total(persons) END
FROM (SELECT * FROM own UNION ALL SELECT * FROM below) AS own_and_below
GROUP BY area_id, indicator_id, sex;
