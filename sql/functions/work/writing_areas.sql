-- Areas in the session's scope for which somebody writes: an account that hands in or drafts for it. What is owed by an area
-- without one is asked of the nearest area above. Grain: area.
CREATE FUNCTION core.writing_areas(OUT area_id integer, OUT tree_left integer, OUT tree_right integer) RETURNS SETOF record
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 1 ROWS 10 AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT DISTINCT a.area_id, a.tree_left, a.tree_right
        FROM core.current_grants() m
        JOIN core.area own ON own.area_id = m.area_id
        JOIN core.area a ON a.tree_left BETWEEN own.tree_left AND own.tree_right
        JOIN ledger.person p ON p.area_id = a.area_id
        JOIN core.role r ON r.code = p.role
        WHERE p.active AND p.administrator IS NULL AND NOT r.of_administrator AND r.actions && ARRAY['submit', 'draft'];
END $$;
