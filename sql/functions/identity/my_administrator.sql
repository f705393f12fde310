-- Code of the scheme administrator to which the session belongs; NULL for everybody else.
CREATE FUNCTION core.my_administrator() RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER COST 10 AS $$
BEGIN
    RETURN (SELECT m.administrator FROM core.current_grants() m);
END $$;
