-- Signs a draft for an office. With the last signature that the quorum needs it is approved, and waits to be published.
-- Returns 'signed' or 'approved'. `seen` is the content hash of the page that was signed.
CREATE FUNCTION core.approve_release(of_code text, seen text, name text, in_office text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET lock_timeout = '5s' AS $$
DECLARE
    actor record;
    wanted core.release;
    held text;
BEGIN
    SELECT * INTO actor FROM core.actor(name);
    IF NOT core.may_for_country('approve') THEN
        PERFORM core.raise_refusal('may_not_approve_releases');
    END IF;
    SELECT * INTO wanted FROM core.locked_release(of_code);
    IF wanted.state <> 'draft' THEN
        PERFORM core.raise_refusal('release_not_a_draft', jsonb_build_object('release', of_code));
    END IF;
    -- Sala itself and a country without roles say for which office they sign
    held := coalesce(actor.role, in_office, (core.quorum_missing(wanted.release_id))[1], '');
    IF held <> ALL (wanted.quorum) AND cardinality(wanted.quorum) > 0 THEN
        PERFORM core.raise_refusal('not_in_quorum', jsonb_build_object('quorum', wanted.quorum));
    END IF;
    IF seen IS DISTINCT FROM wanted.content_hash THEN
        PERFORM core.raise_refusal('figures_moved');
    END IF;
    IF cardinality(core.open_checks(wanted.release_id)) > 0 THEN
        PERFORM core.raise_refusal('checks_open', jsonb_build_object('checks', core.open_checks(wanted.release_id)));
    END IF;
    IF EXISTS (SELECT FROM core.release_decision d WHERE d.release_id = wanted.release_id AND d.act = 'signed'
               AND (d.person_id, d.person) IS NOT DISTINCT FROM (actor.person_id, actor.person))
       OR cardinality(wanted.quorum) > 0 AND held <> ALL (core.quorum_missing(wanted.release_id)) THEN
        PERFORM core.raise_refusal('already_signed');
    END IF;
    PERFORM core.log_release(wanted.release_id, 'signed', actor.person_id, actor.person, held);
    IF cardinality(core.quorum_missing(wanted.release_id)) > 0 THEN
        RETURN 'signed';
    END IF;
    UPDATE core.release SET state = 'approved' WHERE release_id = wanted.release_id;
    PERFORM core.log_release(wanted.release_id, 'approved', actor.person_id, actor.person, held);
    RETURN 'approved';
END $$;
