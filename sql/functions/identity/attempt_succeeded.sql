-- Takes back what ledger.begin_attempt counted: nothing is held against whoever knows the password (the first key), and
-- what they share with others stands as it stood before.
CREATE FUNCTION ledger.attempt_succeeded(own bytea, shared bytea[]) RETURNS void
LANGUAGE sql SECURITY DEFINER AS $$
    DELETE FROM ledger.failed_sign_in WHERE key = own OR last_at < clock_timestamp() - interval '1 day';
    UPDATE ledger.failed_sign_in f
    SET failed = f.failed - 1, wait_until = NULL
    FROM (SELECT s.key FROM ledger.failed_sign_in s WHERE s.key = ANY (shared) ORDER BY s.key FOR UPDATE) held
    WHERE f.key = held.key
$$;
