-- Schemes whose figures the session sees, and the numbers of administrators whose sheets it sees: for an account that
-- belongs to an administrator its own. Policies ask core.my_schemes, which is this list.
CREATE FUNCTION core.schemes_seen() RETURNS SETOF smallint
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog COST 1 ROWS 10 AS $$
BEGIN
    RETURN QUERY
        SELECT s.scheme_id
        FROM core.current_grants() m
        JOIN core.scheme s ON m.administrator IS NULL OR s.scheme_id = 0 OR s.administrator_code = m.administrator
        UNION ALL
        SELECT a.administrator_id
        FROM core.current_grants() m
        JOIN core.administrator a ON m.administrator IS NULL OR a.code = m.administrator;
END $$;
