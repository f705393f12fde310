-- Only for oneself. Returns the token's number, or NULL where one of this name is in use.
CREATE FUNCTION ledger.make_token(new_name text, new_hash bytea, new_scopes text[], ends_at timestamptz) RETURNS integer
LANGUAGE sql SECURITY DEFINER AS $$
    INSERT INTO ledger.token (person_id, name, hash, scopes, expires_at)
    SELECT core.current_person(), new_name, new_hash, new_scopes, ends_at
    ON CONFLICT (person_id, name) WHERE revoked_at IS NULL DO NOTHING
    RETURNING token_id
$$;
