-- Takes a code of the current person's application, by its half-minute: once, and none that is older than one taken before.
CREATE FUNCTION ledger.take_code(step bigint) RETURNS boolean
LANGUAGE sql SECURITY DEFINER AS $$
    WITH taken AS (
        UPDATE ledger.second_factor f SET last_step = step
        WHERE f.person_id = core.current_person() AND f.last_step < step
        RETURNING true
    )
    SELECT EXISTS (SELECT FROM taken)
$$;
