-- Begins a session of the current person, and clears away those that are over. `provider`: by OpenID Connect; `unproved`: the
-- second factor is still to be given.
CREATE FUNCTION ledger.begin_session(new_hash bytea, idle interval, whole interval, provider boolean, unproved boolean)
RETURNS void
LANGUAGE sql SECURITY DEFINER AS $$
    DELETE FROM ledger.session
    WHERE seen_at < clock_timestamp() - idle OR began_at < clock_timestamp() - whole;
    INSERT INTO ledger.session (hash, person_id, provider, unproved)
    SELECT new_hash, core.current_person(), begin_session.provider, begin_session.unproved;
    SELECT ledger.log_action(
        CASE WHEN begin_session.unproved THEN 'sign in without second factor' ELSE 'sign in' END, 'session', NULL,
        CASE WHEN begin_session.provider THEN '{"by": "provider"}'::jsonb ELSE '{}'::jsonb END)
$$;
