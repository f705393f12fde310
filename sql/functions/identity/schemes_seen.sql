-- Schemes whose figures the session sees: for an account that belongs to an administrator those that it runs, and 0, what
-- is about no scheme. Policies ask core.my_schemes, which is this list.
CREATE FUNCTION core.schemes_seen() RETURNS SETOF smallint
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER COST 1 ROWS 10 AS $$
BEGIN
    RETURN QUERY
        SELECT s.scheme_id
        FROM core.current_grants() m
        JOIN core.scheme s ON m.administrator IS NULL OR s.scheme_id = 0 OR s.administrator_code = m.administrator;
END $$;
