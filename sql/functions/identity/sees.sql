-- Whether the session sees figures of a status: provisional, endorsed or released.
CREATE FUNCTION core.sees(status text) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER COST 10 AS $$
BEGIN
    RETURN EXISTS (SELECT FROM core.current_grants() m WHERE status = ANY (m.sees));
END $$;
