-- Opens a draft, in the transaction that then fills it; a draft of the same period that was open is discarded. Returns its
-- number. Called by Sala in the place of whoever drafts (sala_loader).
CREATE FUNCTION core.draft_release(
    of_period integer, of_version text, at timestamptz, former integer, restates integer, words text, hash text,
    name text
) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    actor record;
    made integer;
BEGIN
    SELECT * INTO actor FROM core.actor(name);
    IF NOT core.may_for_country('prepare') THEN
        PERFORM core.raise_refusal('may_not_prepare_releases');
    END IF;
    PERFORM core.log_release(r.release_id, 'discarded', actor.person_id, actor.person, actor.role)
    FROM core.release r WHERE r.period_id = of_period AND r.state IN ('draft', 'approved');
    UPDATE core.release SET state = 'discarded' WHERE period_id = of_period AND state IN ('draft', 'approved');
    INSERT INTO core.release (code, period_id, version, as_known_at, former_id, restates_id, note, quorum, content_hash)
    SELECT core.next_release_code(of_period), of_period, of_version, at, former, restates, words,
           coalesce((SELECT c.release_quorum FROM core.committee c WHERE c.layer_id = 0), '{}'), hash
    RETURNING release_id INTO made;
    PERFORM core.log_release(made, 'drafted', actor.person_id, actor.person, actor.role, nullif(words, ''));
    RETURN made;
END $$;
