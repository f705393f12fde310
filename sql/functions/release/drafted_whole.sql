-- Trigger: what a release holds comes in the transaction that drafts it, or never.
CREATE FUNCTION core.drafted_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM (SELECT DISTINCT release_id FROM added) AS a
               JOIN core.release r USING (release_id) WHERE r.drafted_at <> transaction_timestamp()) THEN
        RAISE EXCEPTION 'Nothing is added to a release once it is drafted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER drafted_whole AFTER INSERT ON core.released_cell REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION core.drafted_whole();
CREATE TRIGGER drafted_whole AFTER INSERT ON core.release_file REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION core.drafted_whole();
CREATE TRIGGER drafted_whole AFTER INSERT ON core.release_check REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION core.drafted_whole();
