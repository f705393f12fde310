CREATE FUNCTION ledger.account(
    wanted text, OUT person_id integer, OUT hash text, OUT failed smallint, OUT locked_until timestamptz
) RETURNS SETOF record
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT p.person_id, p.hash, p.failed, p.locked_until
    FROM ledger.person p
    WHERE p.name = wanted AND p.active
    FOR UPDATE
$$;
