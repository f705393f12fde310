-- Ends the sessions of ledger.overdue_session. Gives their logins and why, a row each. One after the other, because in one
-- query Postgres may ask pg_terminate_backend of every session before it asks which are meant.
CREATE FUNCTION ledger.end_overdue_sessions(OUT login name, OUT why text) RETURNS SETOF record
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    overdue ledger.overdue_session;
BEGIN
    FOR overdue IN SELECT * FROM ledger.overdue_session LOOP
        IF pg_terminate_backend(overdue.pid) THEN
            login := overdue.login;
            why := overdue.why;
            RETURN NEXT;
        END IF;
    END LOOP;
END $$;
