-- Returns that are asked for and do not stand, of the session's own area with all below it, and of each office below.
-- Who runs a scheme is asked for it alone, everywhere. A period of which nothing was compiled has no count yet: then nobody has reported. Grain: area, dataset, scheme, period.
--
-- Areas and periods are given to core.reporting as arrays, so that only theirs are read.
CREATE VIEW core.owed_return WITH (security_invoker) AS
WITH asked AS MATERIALIZED (
    SELECT *
    FROM core.asked_return
    WHERE (SELECT core.my_administrator()) IS NULL OR scheme_id IN (SELECT scheme_id FROM core.my_schemes WHERE scheme_id > 0)
),
place AS MATERIALIZED (
    SELECT area_id, tree_left, tree_right, true AS own FROM core.my_office
    UNION ALL
    SELECT area_id, tree_left, tree_right, false FROM core.office_below WHERE (SELECT core.my_administrator()) IS NULL
),
counted AS MATERIALIZED (
    SELECT r.period_id, r.area_id, r.dataset, r.scheme_id, r.expected - r.received AS n
    FROM core.reporting r
    WHERE r.period_id = ANY (ARRAY(SELECT period_id FROM asked)) AND r.area_id = ANY (ARRAY(SELECT area_id FROM place))
)
SELECT place.area_id, place.own, d.dataset, d.scheme_id, d.layer_id, d.period, d.due_on, d.late, owed.n
FROM asked d
CROSS JOIN place
LEFT JOIN counted c USING (period_id, area_id, dataset, scheme_id)
CROSS JOIN LATERAL (
    SELECT coalesce(c.n, (
        SELECT count(*)
        FROM core.area a
        WHERE a.layer_id = d.layer_id AND a.tree_left BETWEEN place.tree_left AND place.tree_right
          AND a.valid_from <= d.ends_on AND a.valid_to > d.ends_on)) AS n
) AS owed
WHERE owed.n > 0;
