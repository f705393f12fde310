-- Makes public what the quorum approved, and supersedes the release of the same period that stood. Refuses anything else,
-- whoever asks: the signatures are counted here once more.
CREATE FUNCTION core.publish_release(of_code text) RETURNS void
LANGUAGE plpgsql SET lock_timeout = '30s' AS $$
DECLARE
    wanted core.release;
BEGIN
    SELECT * INTO wanted FROM core.locked_release(of_code);
    IF wanted.state IN ('released', 'superseded', 'withdrawn') THEN
        RETURN;  -- done: whoever was killed after it asks again
    END IF;
    IF wanted.state <> 'approved' OR cardinality(core.quorum_missing(wanted.release_id)) > 0
       OR cardinality(core.open_checks(wanted.release_id)) > 0 THEN
        PERFORM core.raise_refusal('release_not_approved', jsonb_build_object('release', of_code));
    END IF;
    IF wanted.restates_id IS DISTINCT FROM (
        SELECT r.release_id FROM core.release r WHERE r.period_id = wanted.period_id AND r.state = 'released')
       OR wanted.former_id IS DISTINCT FROM (
        SELECT d.release_id FROM core.release_decision d WHERE d.act = 'released' ORDER BY d.decision_id DESC LIMIT 1) THEN
        PERFORM core.raise_refusal('release_overtaken', jsonb_build_object('release', of_code));
    END IF;
    PERFORM core.log_release(wanted.restates_id, 'superseded', NULL, 'sala', '', of_code)
    WHERE wanted.restates_id IS NOT NULL;
    UPDATE core.release SET state = 'superseded' WHERE release_id = wanted.restates_id;
    UPDATE core.release SET state = 'released' WHERE release_id = wanted.release_id;
    PERFORM core.log_release(wanted.release_id, 'released', NULL, 'sala', '');
END $$;
