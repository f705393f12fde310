-- Offices of a release's quorum that have not signed it; an office that stands twice is signed for by two persons.
CREATE FUNCTION core.quorum_missing(of_release integer) RETURNS text[]
LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(office ORDER BY office), '{}')
    FROM (
        SELECT office, row_number() OVER (PARTITION BY office) AS place
        FROM core.release r, unnest(r.quorum) AS office WHERE r.release_id = of_release
        EXCEPT ALL
        SELECT d.office, row_number() OVER (PARTITION BY d.office)
        FROM core.release_decision d WHERE d.release_id = of_release AND d.act = 'signed'
    ) AS missing
$$;
