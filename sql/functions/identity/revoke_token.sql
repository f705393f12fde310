-- Only one's own. Returns the token's name, or NULL where there is no such token.
CREATE FUNCTION ledger.revoke_token(id integer) RETURNS text
LANGUAGE sql SECURITY DEFINER AS $$
    UPDATE ledger.token SET revoked_at = clock_timestamp()
    WHERE token_id = id AND person_id = core.current_person() AND revoked_at IS NULL
    RETURNING name
$$;
