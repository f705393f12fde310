-- The person of this session (ledger.person); NULL is a visitor, or Sala itself. The application's login names the person of
-- each transaction, and so may the owner, who then has no more rights than that person (core.current_grants); anybody
-- else is the owner of the login.
CREATE FUNCTION core.current_person() RETURNS integer
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER COST 10 AS $$
BEGIN
    IF session_user IN ('sala_app', current_user) THEN
        RETURN nullif(nullif(current_setting('sala.person', true), ''), 'visitor')::integer;
    END IF;
    RETURN (SELECT p.person_id FROM ledger.person p WHERE p.login = session_user AND p.active);
END $$;
