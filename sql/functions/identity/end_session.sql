-- Ends a session: nobody gets in by its cookie any more, wherever there is a copy.
CREATE FUNCTION ledger.end_session(wanted bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER AS $$
    DELETE FROM ledger.session WHERE hash = wanted
$$;
