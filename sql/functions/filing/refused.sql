-- Of returns that somebody would file: those that the session may not, each with the reason. All of one dataset; each is an
-- area, a scheme and an administrator (0: none), and `position` counts them from 1.
-- Reasons: out_of_scope, the area is not the session's; not_filed, its role files no such returns there;
-- other_administrator, it does, but not of this scheme or administrator.
CREATE FUNCTION core.refused(
    of_dataset text, areas integer[], schemes smallint[], administrators smallint[],
    OUT "position" bigint, OUT reason text
) RETURNS SETOF record
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        WITH filing AS MATERIALIZED (SELECT f.own, f.scheme_id, f.administrator_id FROM core.filing() f WHERE f.dataset = of_dataset),
        asked AS (
            SELECT r.position, r.scheme_id, r.administrator_id, a.area_id IS NOT NULL AS within, a.code = m.area_code AS own
            FROM unnest(areas, schemes, administrators)
                WITH ORDINALITY AS r (area_id, scheme_id, administrator_id, position)
            CROSS JOIN (SELECT (core.current_grants()).area_code) AS m
            LEFT JOIN core.area a ON a.area_id = r.area_id AND EXISTS (
                SELECT FROM core.area top
                WHERE top.code = m.area_code AND a.tree_left BETWEEN top.tree_left AND top.tree_right)
        )
        SELECT a.position,
               CASE WHEN NOT a.within THEN 'out_of_scope'
                    WHEN a.scheme_id + a.administrator_id > 0 AND a.own IN (SELECT f.own FROM filing f) THEN 'other_administrator'
                    ELSE 'not_filed' END
        FROM asked a
        WHERE NOT a.within OR (a.own, a.scheme_id, a.administrator_id) NOT IN (SELECT f.own, f.scheme_id, f.administrator_id FROM filing f);
END $$;
