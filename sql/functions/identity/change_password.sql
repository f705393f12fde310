-- Sets the current person's own password; every session that is open ends.
CREATE FUNCTION ledger.change_password(new_hash text) RETURNS void
LANGUAGE sql SECURITY DEFINER AS $$
    UPDATE ledger.person SET hash = new_hash, must_change = false, changed_at = clock_timestamp()
    WHERE person_id = core.current_person();
    DELETE FROM ledger.session WHERE person_id = core.current_person()
$$;
