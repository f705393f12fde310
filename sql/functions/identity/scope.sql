-- Areas in the session's scope: its area and all below it, with those that had its area's code at another time; `mine` are
-- those with that code. Grain: area.
--
-- What the functions that list say of their cost (COST 1 ROWS 10) is too little on purpose: the list is made once and
-- hashed, but the planner counts it for every partition that a page looks into, and would rather read whole months (2 s
-- for 10 ms).
CREATE FUNCTION core.scope(OUT area_id integer, OUT code text, OUT mine boolean) RETURNS SETOF record
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER COST 1 ROWS 10 AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT a.area_id, a.code, a.code = m.area_code
        FROM core.current_grants() m
        JOIN core.area own ON own.code = m.area_code
        JOIN core.area a ON a.tree_left BETWEEN own.tree_left AND own.tree_right;
END $$;
