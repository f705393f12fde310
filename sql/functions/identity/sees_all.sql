-- Whether the session sees everything: the whole country, every status, every scheme. Policies then look up nothing.
CREATE FUNCTION core.sees_all() RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER COST 10 AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM core.current_grants() m
        WHERE m.root AND m.administrator IS NULL AND 'provisional' = ANY (m.sees));
END $$;
