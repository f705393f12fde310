-- Counts an attempt to sign in: a wrong password locks the account for `wait`, a right one clears the count.
CREATE FUNCTION ledger.record_sign_in(id integer, worked boolean, wait interval) RETURNS void
LANGUAGE sql SECURITY DEFINER AS $$
    UPDATE ledger.person
    SET failed = CASE WHEN worked THEN 0 ELSE least(failed + 1, 30000) END,
        locked_until = CASE WHEN worked THEN NULL ELSE clock_timestamp() + wait END
    WHERE person_id = id
$$;
