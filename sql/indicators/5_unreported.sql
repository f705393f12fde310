-- Persons who could be covered without anybody having reported it: where a return did not come or leaves lines out, and
-- (below_scheme) in areas below the layer at which a scheme reports, where nobody can say how many of its persons live.
-- Where they cannot be counted because no population is known, the sexes they may be of are `unknown`, and so are all
-- together. One row an area and indicator of which any is so.
CREATE TEMP TABLE unreported ON COMMIT DROP AS
WITH missing_return AS (
    SELECT n.area_id, s.indicator_id, n.sex, n.persons, false AS below_scheme
    FROM claimed
    JOIN core.nonresponse_population n USING (area_id)
    JOIN indicator_scheme s USING (scheme_id)
    WHERE n.period_id = :period_id
),
missing_line AS (
    SELECT area_id, indicator_id, sex, persons, false
    FROM claimed
    JOIN core.item_nonresponse USING (area_id)
    WHERE period_id = :period_id AND sex <> 'T'
),
below_scheme AS (  -- where no population is known one row of unstated sex and unknown number
    SELECT a.area_id, s.indicator_id, by_sex.sex, by_sex.persons, true
    FROM claimed
    JOIN core.area a USING (area_id)
    JOIN indicator_scheme s ON s.layer_id < a.layer_id
    LEFT JOIN core.eligible e
        ON e.year = (SELECT core.population_year(:period_id)) AND e.area_id = a.area_id AND e.scheme_id = s.scheme_id
    CROSS JOIN LATERAL (VALUES ('F'::"char", e.f), ('M', e.m), ('X', e.x), ('U', e.u)) AS by_sex (sex, persons)
    WHERE (by_sex.persons IS NOT NULL OR e.area_id IS NULL AND by_sex.sex = 'U')
      AND (a.area_id, s.scheme_id) NOT IN (SELECT area_id, scheme_id FROM placed_by_list)
    UNION ALL  -- of whom a list knows only an area above
    SELECT area_id, indicator_id, sex, persons, true FROM placed_above
)
SELECT area_id, indicator_id, bool_or(below_scheme) AS below_scheme,
       bool_or(persons IS NULL) AS unknown,
       bool_or(persons IS NULL AND sex IN ('F', 'U')) AS f_unknown,
       bool_or(persons IS NULL AND sex IN ('M', 'U')) AS m_unknown,
       bool_or(persons IS NULL AND sex IN ('X', 'U')) AS x_unknown,
       bool_or(persons IS NULL AND sex = 'U') AS u_unknown,
       coalesce(core.total(persons) FILTER (WHERE sex = 'F'), 0) AS f,
       coalesce(core.total(persons) FILTER (WHERE sex = 'M'), 0) AS m,
       coalesce(core.total(persons) FILTER (WHERE sex = 'X'), 0) AS x,
       coalesce(core.total(persons) FILTER (WHERE sex = 'U'), 0) AS u
FROM (SELECT * FROM missing_return UNION ALL SELECT * FROM missing_line UNION ALL SELECT * FROM below_scheme) AS missing
GROUP BY area_id, indicator_id;
