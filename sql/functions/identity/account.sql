-- The account of a name, for signing in: what its password is checked against. No row where there is none, or it is closed.
-- Locks the row, so that attempts at the same time are counted one after the other.
CREATE FUNCTION ledger.account(
    of_name text, OUT person_id integer, OUT hash text, OUT failed smallint, OUT locked_until timestamptz
) RETURNS SETOF record
LANGUAGE sql SECURITY DEFINER AS $$
    SELECT p.person_id, p.hash, p.failed, p.locked_until
    FROM ledger.person p
    WHERE p.name = of_name AND p.active
    FOR UPDATE
$$;
