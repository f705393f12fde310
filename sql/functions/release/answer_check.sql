-- A named person says why a point of the checklist that is not clear does not stand in the way of a draft.
CREATE FUNCTION core.answer_check(of_code text, of_check text, because text, name text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET lock_timeout = '5s' AS $$
DECLARE
    actor record;
    wanted core.release;
BEGIN
    SELECT * INTO actor FROM core.actor(name);
    IF NOT (core.may_for_country('prepare') OR core.may_for_country('approve')) THEN
        PERFORM core.raise_refusal('may_not_prepare_releases');
    END IF;
    SELECT * INTO wanted FROM core.locked_release(of_code);
    IF wanted.state <> 'draft' THEN
        PERFORM core.raise_refusal('release_not_a_draft', jsonb_build_object('release', of_code));
    END IF;
    IF NOT EXISTS (SELECT FROM core.release_check c
                   WHERE c.release_id = wanted.release_id AND c.name = of_check AND NOT c.clear) THEN
        PERFORM core.raise_refusal('check_not_open', jsonb_build_object('check', of_check));
    END IF;
    IF coalesce(because, '') !~ '\S' THEN
        PERFORM core.raise_refusal('release_reason');
    END IF;
    PERFORM core.log_release(wanted.release_id, 'answered', actor.person_id, actor.person, actor.role,
                             left(because, 2000), of_check);
END $$;
