-- Begins a session of the current person, and clears away those that are over.
CREATE FUNCTION ledger.begin_session(new_hash bytea, idle interval, whole interval) RETURNS void
LANGUAGE sql SECURITY DEFINER AS $$
    DELETE FROM ledger.session
    WHERE seen_at < clock_timestamp() - idle OR began_at < clock_timestamp() - whole;
    INSERT INTO ledger.session (hash, person_id) SELECT new_hash, core.current_person();
    SELECT ledger.log_action('sign in', 'session')
$$;
