-- Whether the session may do an action in an area. Endorsing and settling belong to the area's own committee
-- (AT_HOME in countries/declarations/roles.py).
CREATE FUNCTION core.may(action text, area_id integer) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER COST 10 AS $$
BEGIN
    RETURN EXISTS (
        SELECT
        FROM core.current_grants() m
        JOIN core.area own ON own.code = m.area_code
        JOIN core.area a ON a.tree_left BETWEEN own.tree_left AND own.tree_right
        WHERE may.action = ANY (m.actions) AND a.area_id = may.area_id
          AND (a.code = own.code OR may.action NOT IN ('endorse', 'settle') OR m.role IS NULL));
END $$;
