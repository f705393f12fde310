-- Withdraws a release with a reason, or drops a draft. What was released stays readable under its address with that reason,
-- unless it is concealed: then nothing but the reason is shown.
CREATE FUNCTION core.withdraw_release(of_code text, because text, conceal boolean, name text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET lock_timeout = '5s' AS $$
DECLARE
    actor record;
    wanted core.release;
    done core.release_act;
BEGIN
    SELECT * INTO actor FROM core.actor(name);
    SELECT * INTO wanted FROM core.locked_release(of_code);
    done := CASE WHEN wanted.state IN ('draft', 'approved') THEN 'discarded' ELSE 'withdrawn' END;
    IF NOT (core.may_for_country('approve') OR done = 'discarded' AND core.may_for_country('prepare')) THEN
        PERFORM core.raise_refusal('may_not_approve_releases');
    END IF;
    IF wanted.state IN ('withdrawn', 'discarded') THEN
        PERFORM core.raise_refusal('release_gone_already', jsonb_build_object('release', of_code));
    END IF;
    IF coalesce(because, '') !~ '\S' THEN
        PERFORM core.raise_refusal('release_reason');
    END IF;
    UPDATE core.release SET state = done::text::core.release_state, concealed = conceal AND done = 'withdrawn'
    WHERE release_id = wanted.release_id;
    PERFORM core.log_release(wanted.release_id, done, actor.person_id, actor.person, actor.role, left(because, 2000));
    RETURN done;
END $$;
