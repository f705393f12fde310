-- The area, and those right below it that stood in the period.
CREATE FUNCTION mart.reviewed(area text, of_period text) RETURNS TABLE (
    area_id integer, area_code text, names jsonb, area_level text, layer_id smallint, tree_left integer, tree_right integer,
    place integer, period_id integer)
LANGUAGE sql STABLE AS $$
    WITH top AS (
        SELECT a.*, p.period_id, p.starts_on, p.ends_on
        FROM core.period p
        JOIN core.area a ON a.code = area AND a.valid_from <= p.ends_on AND a.valid_to > p.starts_on
        WHERE p.key = of_period
    )
    SELECT top.area_id, top.code, top.names, l.code, top.layer_id, top.tree_left, top.tree_right, 0, top.period_id
    FROM top
    JOIN core.layer l USING (layer_id)
    UNION ALL
    SELECT a.area_id, a.code, a.names, l.code, a.layer_id, a.tree_left, a.tree_right, 1, top.period_id
    FROM top
    JOIN core.area a ON a.parent_id = top.area_id AND a.valid_from <= top.ends_on AND a.valid_to > top.starts_on
    JOIN core.layer l ON l.layer_id = a.layer_id
$$;
