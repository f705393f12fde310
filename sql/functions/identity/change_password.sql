-- Sets the session's own password; every session that is open ends.
CREATE FUNCTION ledger.change_password(new_hash text) RETURNS void
LANGUAGE sql SECURITY DEFINER AS $$
    UPDATE ledger.person
    SET hash = new_hash, must_change = false, failed = 0, locked_until = NULL, sessions = sessions + 1,
        changed_at = clock_timestamp()
    WHERE person_id = core.current_person()
$$;
