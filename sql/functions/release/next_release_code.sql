-- The permanent name that the next draft of a period gets: 2026-10-r1. Drafts that come to nothing use up a number too.
CREATE FUNCTION core.next_release_code(of_period integer) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT p.key || '-r' || 1 + (SELECT count(*) FROM core.release r WHERE r.period_id = of_period)
    FROM core.period p WHERE p.period_id = of_period
$$;
