-- Administrators whose sheets I see: for an account that belongs to one that one alone.
CREATE FUNCTION core.administrators_seen() RETURNS SETOF smallint
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER COST 1 ROWS 10 AS $$
BEGIN
    RETURN QUERY
        SELECT a.administrator_id
        FROM core.current_grants() m
        JOIN core.administrator a ON m.administrator IS NULL OR a.code = m.administrator;
END $$;
