-- Whether the session may do an action for the whole country: releases are the root's.
CREATE FUNCTION core.may_for_country(action text) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER COST 10 AS $$
BEGIN
    RETURN EXISTS (SELECT FROM core.current_grants() m WHERE m.root AND may_for_country.action = ANY (m.actions));
END $$;
