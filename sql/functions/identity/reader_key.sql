-- By what the session's own keys for persons are made; NULL for a session whose role files lists of persons, with a token or
-- without: it could file an identifier and look for its key in what others filed.
CREATE FUNCTION core.reader_key() RETURNS bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
    RETURN (
        SELECT sha256(s.secret || convert_to(coalesce(m.person_id, 0)::text, 'UTF8'))
        FROM core.reader_secret s
        CROSS JOIN core.current_grants() m
        WHERE NOT EXISTS (
            SELECT FROM core.filing_right f WHERE f.role = coalesce(m.role, '') AND f.dataset = 'beneficiary_list'));
END $$;
