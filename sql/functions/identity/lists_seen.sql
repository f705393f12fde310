-- Returns of persons that stand and that the session sees, by the rule of core.return: it runs with the reader's rights.
CREATE FUNCTION core.lists_seen() RETURNS SETOF integer
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY
        SELECT r.return_id FROM core.return r WHERE r.dataset = 'beneficiary_list' AND r.known_to = 'infinity';
END $$;
