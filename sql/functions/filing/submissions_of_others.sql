-- Submissions whose returns the session may not replace, withdraw or confirm, whatever it files: those of a scheme
-- administrator, unless it is its own or the role stands in for administrators; and grants from a layer above its own. For
-- a visitor of a sample whatever came from anybody else than a visitor, but for the made-up round: that is there to be
-- tried. What Sala itself sent counts as the nation's.
CREATE FUNCTION core.submissions_of_others() RETURNS SETOF integer
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER COST 1 ROWS 10 AS $$
BEGIN
    RETURN QUERY
        SELECT s.submission_id
        FROM core.current_grants() m
        JOIN ledger.submission s ON s.from_administrator IS NOT NULL
        LEFT JOIN core.filing_right f ON f.role = coalesce(m.role, '') AND f.dataset = s.dataset
        WHERE s.from_administrator IS DISTINCT FROM m.administrator AND f.administrators IS NOT TRUE
          AND (m.person_id IS NOT NULL OR s.via <> 'sample')
        UNION ALL
        SELECT s.submission_id
        FROM core.current_grants() m
        JOIN core.area own ON own.area_id = m.area_id
        JOIN ledger.submission s ON s.dataset = 'allocations'
        LEFT JOIN core.area granter ON granter.area_id = s.from_area_id
        WHERE own.layer_id > coalesce(granter.layer_id, 0)
        UNION ALL
        SELECT s.submission_id
        FROM core.current_grants() m
        JOIN ledger.submission s ON (s.person_id IS NOT NULL OR s.unbound) AND s.via <> 'sample'
        WHERE m.person_id IS NULL AND m.role IS NOT NULL;
END $$;
