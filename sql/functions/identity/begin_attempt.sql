-- Begins an attempt to sign in. It counts as a wrong password, under each of its keys, until ledger.attempt_succeeded takes
-- it back: so attempts at the same time cannot all be the last free one. Of a key so many are free; from then on each makes
-- the next one wait, twice as long as the one before. Returns until when to wait, and then nothing is counted; NULL: go on.
CREATE FUNCTION ledger.begin_attempt(
    keys bytea[], accounts bytea[], free integer[], first_wait interval[], longest_wait interval[]
) RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    until timestamptz;
    one record;
    count integer;
BEGIN
    SELECT max(f.wait_until) INTO until FROM ledger.failed_sign_in f WHERE f.key = ANY (keys);
    IF until > clock_timestamp() THEN
        RETURN until;
    END IF;
    FOR one IN  -- in one order, so that no two attempts wait for each other
        SELECT * FROM unnest(keys, accounts, free, first_wait, longest_wait) AS u (key, account, free, first, longest)
        ORDER BY u.key
    LOOP
        INSERT INTO ledger.failed_sign_in AS f (key, account) VALUES (one.key, one.account)
        ON CONFLICT (key) DO UPDATE
        SET failed = CASE WHEN f.last_at < clock_timestamp() - 2 * one.longest THEN 1 ELSE least(f.failed + 1, 30000) END,
            last_at = clock_timestamp()
        RETURNING f.failed INTO count;
        IF count >= one.free THEN
            UPDATE ledger.failed_sign_in f
            SET wait_until = clock_timestamp() + least(one.first * 2 ^ least(count - one.free, 20), one.longest)
            WHERE f.key = one.key;
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
