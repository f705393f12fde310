-- The points of a release's checklist that are neither clear nor answered.
CREATE FUNCTION core.open_checks(of_release integer) RETURNS text[]
LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(c.name ORDER BY c.name), '{}')
    FROM core.release_check c
    WHERE c.release_id = of_release AND NOT c.clear AND NOT EXISTS (
        SELECT FROM core.release_decision d
        WHERE d.release_id = of_release AND d.act = 'answered' AND d.about = c.name)
$$;
