-- Whose token it is and for what, asked before anybody is known; no row for one that is revoked, has ended, or whose
-- account is closed. Notes that it was used.
CREATE FUNCTION ledger.token_holder(wanted bytea, OUT person_id integer, OUT scopes text[]) RETURNS SETOF record
LANGUAGE sql SECURITY DEFINER AS $$
    UPDATE ledger.token t
    SET last_used_at = clock_timestamp()
    FROM ledger.person p
    WHERE t.hash = wanted AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > clock_timestamp())
      AND p.person_id = t.person_id AND p.active
    RETURNING t.person_id, t.scopes
$$;
