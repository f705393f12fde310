-- The release of a code, held until the transaction ends. Refuses where there is none that the session may know of.
CREATE FUNCTION core.locked_release(of_code text) RETURNS core.release
LANGUAGE plpgsql AS $$
DECLARE
    wanted core.release;
BEGIN
    PERFORM core.take_lock('releases');
    SELECT * INTO wanted FROM core.release r WHERE r.code = of_code
        AND (r.state NOT IN ('draft', 'approved', 'discarded') OR core.may_for_country('preview'));
    IF NOT FOUND THEN
        PERFORM core.raise_refusal('unknown_release', jsonb_build_object('release', of_code));
    END IF;
    RETURN wanted;
END $$;
