-- The account of a name, for signing in: what its password is checked against. No row where there is none, or it is closed.
CREATE FUNCTION ledger.account(of_name text, OUT person_id integer, OUT hash text) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT p.person_id, p.hash FROM ledger.person p WHERE p.name = of_name AND p.active
$$;
