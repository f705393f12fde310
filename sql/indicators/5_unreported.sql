-- Persons who could be covered without anybody having reported it: where a return did not come, and (below_scheme) in
-- areas below the layer at which a scheme reports, where nobody can say how many of its persons live. Where
-- population_unknown, not even how many persons there are is known. One row an area and indicator of which any is so.
CREATE TEMP TABLE unreported ON COMMIT DROP AS
WITH missing_return AS (
    SELECT n.area_id, s.indicator_id, false AS below_scheme, bool_or(n.persons IS NULL) AS population_unknown,
           core.total(n.persons) FILTER (WHERE n.sex = 'F') AS f, core.total(n.persons) FILTER (WHERE n.sex = 'M') AS m,
           core.total(n.persons) FILTER (WHERE n.sex = 'X') AS x, core.total(n.persons) FILTER (WHERE n.sex = 'U') AS u
    FROM claimed
    JOIN core.nonresponse_population n USING (area_id)
    JOIN indicator_scheme s USING (scheme_id)
    WHERE n.period_id = :period_id
    GROUP BY n.area_id, s.indicator_id
),
below_scheme AS (
    SELECT a.area_id, s.indicator_id, true AS below_scheme, bool_or(e.area_id IS NULL) AS population_unknown,
           core.total(e.f) AS f, core.total(e.m) AS m, core.total(e.x) AS x, core.total(e.u) AS u
    FROM claimed
    JOIN core.area a USING (area_id)
    JOIN indicator_scheme s ON s.layer_id < a.layer_id
    LEFT JOIN core.eligible e
        ON e.year = (SELECT core.population_year(:period_id)) AND e.area_id = a.area_id AND e.scheme_id = s.scheme_id
    GROUP BY a.area_id, s.indicator_id
)
SELECT area_id, indicator_id, bool_or(below_scheme) AS below_scheme, bool_or(population_unknown) AS population_unknown,
       coalesce(core.total(f), 0) AS f, coalesce(core.total(m), 0) AS m,
       coalesce(core.total(x), 0) AS x, coalesce(core.total(u), 0) AS u
FROM (SELECT * FROM missing_return UNION ALL SELECT * FROM below_scheme) AS either
GROUP BY area_id, indicator_id;
