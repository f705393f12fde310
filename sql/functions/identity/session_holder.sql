-- Whose session it is, asked before anybody is known, and how it began; no row for one that was ended, is older than `whole`,
-- or was left alone for longer than `idle`. That it is used is noted now and then, not at every request.
CREATE FUNCTION ledger.session_holder(
    wanted bytea, idle interval, whole interval, OUT person_id integer, OUT provider boolean, OUT unproved boolean
) RETURNS SETOF record
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    found ledger.session;
BEGIN
    SELECT * INTO found FROM ledger.session s
    WHERE s.hash = wanted AND s.seen_at > clock_timestamp() - idle AND s.began_at > clock_timestamp() - whole;
    IF found.seen_at < clock_timestamp() - idle / 20 THEN
        UPDATE ledger.session SET seen_at = clock_timestamp() WHERE hash = wanted;
    END IF;
    IF found.person_id IS NOT NULL THEN
        RETURN QUERY SELECT found.person_id, found.provider, found.unproved;
    END IF;
END $$;
