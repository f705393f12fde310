-- By what the persons whom a coverage certainly counts moved from one period to a later one, at an area, where they are
-- counted: by scheme, and by the area that reports or lies right below. Of schemes of which only bounds are known together,
-- those count that make the lower bound: the family (sql/indicators/4_reported.sql) that counts most in the later period.
--   new_returns   of an area and scheme that reported nothing for the earlier period
--   silence       the same the other way round: reported then, and not now
--   corrections   of the earlier period, since the moment at which it is looked back upon: replaced, late, withdrawn
--   reported      what moved where both periods were reported, by area right below (or the area itself)
CREATE FUNCTION core.movement_of(
    of_indicator smallint, of_area integer, earlier integer, later integer, looked_back timestamptz,
    OUT part text, OUT area_id integer, OUT scheme_id smallint, OUT submission_id integer, OUT persons bigint
) RETURNS SETOF record
LANGUAGE plpgsql STABLE ROWS 500 COST 10000000 AS $$  -- asked last, of what is left then, and planned for just that
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH place AS MATERIALIZED (
        SELECT a.area_id, own.area_id = a.area_id AS is_own, own.layer_id AS own_layer, a.layer_id, a.tree_left, a.tree_right
        FROM core.area own
        JOIN core.area a ON a.tree_left BETWEEN own.tree_left AND own.tree_right
        WHERE own.area_id = of_area
    ),
    near AS MATERIALIZED (  -- the area and those right below it
        SELECT p.area_id, p.is_own, p.tree_left, p.tree_right FROM place p WHERE p.layer_id <= p.own_layer + 1
    ),
    counted AS MATERIALIZED (
        SELECT l.period_id, l.area_id, l.scheme_id,
               core.total(CASE p.measure WHEN 'contributors' THEN l.contributors WHEN 'registered' THEN l.registered
                               ELSE l.beneficiaries END) AS persons
        FROM core.compiled_line l
        JOIN core.indicator_part p USING (scheme_id, sex, age_group_id)
        WHERE l.period_id IN (earlier, later) AND l.area_id = ANY (ARRAY(SELECT n.area_id FROM near n))
          AND p.indicator_id = of_indicator AND p.certain
        GROUP BY l.period_id, l.area_id, l.scheme_id
    ),
    family AS (
        SELECT f.family
        FROM core.indicator_family f
        LEFT JOIN counted c ON c.scheme_id = f.scheme_id AND c.period_id = later AND c.area_id = of_area
        WHERE f.indicator_id = of_indicator
        GROUP BY f.family
        ORDER BY sum(coalesce(c.persons, 0)) DESC, f.family
        LIMIT 1
    ),
    counting AS MATERIALIZED (
        SELECT f.scheme_id FROM core.indicator_family f
        WHERE f.indicator_id = of_indicator AND f.family = (SELECT family FROM family)
    ),
    given AS MATERIALIZED (  -- every return of the two periods that stands, or stood at the moment
        SELECT r.return_id, r.period_id, r.area_id, r.scheme_id, r.submission_id, r.known_to = 'infinity' AS stands,
               r.known_from <= looked_back AND (r.known_to > looked_back OR r.known_to = 'infinity') AS stood
        FROM core.return r
        JOIN place USING (area_id)
        WHERE r.period_id IN (earlier, later) AND r.dataset = 'scheme_returns'
          AND r.scheme_id IN (SELECT s.scheme_id FROM counting s)
          AND (r.known_to = 'infinity' OR r.period_id = earlier AND r.known_from <= looked_back AND r.known_to > looked_back)
    ),
    moved AS (
        SELECT CASE g.period_id WHEN later THEN 'new_returns' ELSE 'silence' END AS part,
               CASE g.period_id WHEN later THEN 1 ELSE -1 END AS sign, g.*
        FROM given g
        WHERE g.stands
          AND NOT EXISTS (SELECT FROM given o WHERE o.stands AND o.period_id <> g.period_id
                          AND (o.area_id, o.scheme_id) = (g.area_id, g.scheme_id))
        UNION ALL
        SELECT 'corrections', CASE WHEN g.stands THEN 1 ELSE -1 END, g.*
        FROM given g
        WHERE g.period_id = earlier AND g.stands <> g.stood
    ),
    by_return AS MATERIALIZED (
        SELECT m.part, m.area_id, m.scheme_id, m.submission_id, m.sign * line.persons AS persons
        FROM moved m
        CROSS JOIN LATERAL (
            SELECT coalesce(core.total(CASE p.measure WHEN 'contributors' THEN l.contributors
                                            WHEN 'registered' THEN l.registered ELSE l.beneficiaries END), 0) AS persons
            FROM core.scheme_line l
            JOIN core.indicator_part p
                ON p.indicator_id = of_indicator AND p.scheme_id = m.scheme_id AND p.sex = l.sex
                AND p.age_group_id = l.age_group_id AND p.certain
            WHERE l.return_id = m.return_id AND l.period_id = m.period_id
        ) AS line
    ),
    of_both AS (  -- all that moved, less what came and what is missing; of the area itself what none below it counts
        SELECT c.area_id, c.scheme_id, CASE c.period_id WHEN later THEN 1 ELSE -1 END * c.persons AS persons
        FROM counted c
        UNION ALL
        SELECT of_area, c.scheme_id, CASE c.period_id WHEN later THEN -1 ELSE 1 END * c.persons
        FROM counted c
        WHERE c.area_id <> of_area
        UNION ALL
        SELECT n.area_id, b.scheme_id, -b.persons
        FROM by_return b
        JOIN core.area a USING (area_id)
        JOIN near n ON CASE WHEN n.is_own THEN b.area_id = n.area_id ELSE a.tree_left BETWEEN n.tree_left AND n.tree_right END
        WHERE b.part <> 'corrections'
    )
    SELECT b.part, b.area_id, b.scheme_id, b.submission_id, sum(b.persons)::bigint
    FROM by_return b
    GROUP BY b.part, b.area_id, b.scheme_id, b.submission_id
    UNION ALL
    SELECT 'reported', o.area_id, o.scheme_id, NULL, sum(o.persons)::bigint
    FROM of_both o
    WHERE o.scheme_id IN (SELECT s.scheme_id FROM counting s)
    GROUP BY o.area_id, o.scheme_id;
END $$;
