-- Persons who could be covered without anybody having reported it: where a return did not come or leaves lines out, and
-- (below_scheme) in areas below the layer at which a scheme reports, where nobody can say how many of its persons live.
-- Where they cannot be counted because no population is known, the sexes they may be of are `unknown`, and so are all
-- together. One row an area and indicator of which any is so.
CREATE TEMP TABLE unreported ON COMMIT DROP AS
WITH below_scheme AS (
    SELECT a.area_id, s.indicator_id, bool_or(e.area_id IS NULL) AS unknown,
           core.total(e.f) AS f, core.total(e.m) AS m, core.total(e.x) AS x, core.total(e.u) AS u
    FROM claimed
    JOIN core.area a USING (area_id)
    JOIN indicator_scheme s ON s.layer_id < a.layer_id AND (s.levels IS NULL OR a.layer_id = ANY (s.levels))
    LEFT JOIN core.eligible e
        ON e.year = (SELECT core.population_year(:period_id)) AND e.area_id = a.area_id AND e.scheme_id = s.scheme_id
    WHERE (a.area_id, s.scheme_id) NOT IN (SELECT area_id, scheme_id FROM placed_by_list)
    GROUP BY a.area_id, s.indicator_id
),
missing AS (
    SELECT n.area_id, s.indicator_id, n.sex, n.persons, false AS below_scheme
    FROM claimed
    JOIN core.nonresponse_population n USING (area_id)
    JOIN indicator_scheme s USING (scheme_id)
    WHERE n.period_id = :period_id
    UNION ALL  -- lines that returns leave out
    SELECT area_id, indicator_id, sex, persons, false
    FROM claimed
    JOIN core.item_nonresponse USING (area_id)
    WHERE period_id = :period_id AND sex <> 'T'
    UNION ALL  -- of whom a list knows only an area above
    SELECT area_id, indicator_id, sex, persons, true FROM placed_above
),
unsaid AS (
    SELECT area_id, indicator_id, bool_or(below_scheme) AS below_scheme,
           bool_or(persons IS NULL) AS unknown,
           bool_or(persons IS NULL AND sex IN ('F', 'U')) AS f_unknown,
           bool_or(persons IS NULL AND sex IN ('M', 'U')) AS m_unknown,
           bool_or(persons IS NULL AND sex IN ('X', 'U')) AS x_unknown,
           bool_or(persons IS NULL AND sex = 'U') AS u_unknown,
           core.total(persons) FILTER (WHERE sex = 'F') AS f, core.total(persons) FILTER (WHERE sex = 'M') AS m,
           core.total(persons) FILTER (WHERE sex = 'X') AS x, core.total(persons) FILTER (WHERE sex = 'U') AS u
    FROM missing
    GROUP BY area_id, indicator_id
)
SELECT area_id, indicator_id, b.area_id IS NOT NULL OR n.below_scheme AS below_scheme,
       n.unknown IS TRUE OR b.unknown IS TRUE AS unknown,
       n.f_unknown IS TRUE OR b.unknown IS TRUE AS f_unknown,
       n.m_unknown IS TRUE OR b.unknown IS TRUE AS m_unknown,
       n.x_unknown IS TRUE OR b.unknown IS TRUE AS x_unknown,
       n.u_unknown IS TRUE OR b.unknown IS TRUE AS u_unknown,
       coalesce(n.f, 0) + coalesce(b.f, 0) AS f, coalesce(n.m, 0) + coalesce(b.m, 0) AS m,
       coalesce(n.x, 0) + coalesce(b.x, 0) AS x, coalesce(n.u, 0) + coalesce(b.u, 0) AS u
FROM unsaid n
FULL JOIN below_scheme b USING (area_id, indicator_id);
