-- The current person's own second factor: the sealed secret, and how many recovery codes are left. No row where there is none.
CREATE FUNCTION ledger.second_factor(OUT sealed bytea, OUT codes_left integer) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT f.sealed,
           (SELECT count(*)::integer FROM ledger.recovery_code c WHERE c.person_id = f.person_id AND c.used_at IS NULL)
    FROM ledger.second_factor f
    WHERE f.person_id = core.current_person()
$$;
