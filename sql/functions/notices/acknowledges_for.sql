-- Whether the session may acknowledge for an area: it is one of its own people, and not of those above it.
CREATE FUNCTION core.acknowledges_for(of_area integer) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT EXISTS (
        SELECT FROM core.current_grants() m, core.my_scope s
        WHERE 'draft' = ANY (m.actions) AND m.administrator IS NULL AND s.area_id = of_area
          AND (s.mine OR m.role IS NULL))
$$;
