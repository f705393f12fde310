-- The person of this session (ledger.person); NULL is a visitor, or Sala itself. Only sala_app may name somebody else than
-- the owner of the login.
CREATE FUNCTION core.current_person() RETURNS integer
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER COST 10 AS $$
BEGIN
    IF session_user = 'sala_app' THEN
        RETURN nullif(current_setting('sala.person', true), '')::integer;
    END IF;
    RETURN (SELECT p.person_id FROM ledger.person p WHERE p.login = session_user AND p.active);
END $$;
