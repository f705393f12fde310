-- Makes database logins that persons have and the server has not, as after a restore on another one: nobody gets in with
-- them before their next password is set. Without CREATEROLE nothing happens.
CREATE FUNCTION ledger.return_logins() RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    person ledger.person;
BEGIN
    IF NOT (SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        RETURN;
    END IF;
    FOR person IN SELECT p.* FROM ledger.person p WHERE p.login NOT IN (SELECT rolname FROM pg_roles) LOOP
        EXECUTE format('CREATE ROLE %I IN ROLE sala_reader', person.login);
        IF person.active THEN
            EXECUTE format('ALTER ROLE %I LOGIN', person.login);
        END IF;
    END LOOP;
END $$;
