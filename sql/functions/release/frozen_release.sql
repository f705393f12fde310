-- Trigger: a release moves from state to state on its way, and nothing else of it ever changes; only a withdrawal conceals.
CREATE FUNCTION core.frozen_release() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moved constant boolean := (old.state::text, new.state::text) IN (
        ('draft', 'approved'), ('draft', 'discarded'), ('approved', 'released'), ('approved', 'discarded'),
        ('released', 'superseded'), ('released', 'withdrawn'), ('superseded', 'withdrawn'));
BEGIN
    IF NOT moved OR new.concealed AND new.state <> 'withdrawn'
       OR to_jsonb(new) - '{state,concealed}'::text[] <> to_jsonb(old) - '{state,concealed}'::text[] THEN
        RAISE EXCEPTION 'A release is never changed: % is %', old.code, old.state USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN new;
END $$;

CREATE TRIGGER frozen BEFORE UPDATE ON core.release FOR EACH ROW EXECUTE FUNCTION core.frozen_release();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON core.release
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON core.release_decision
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON core.release_check
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON core.released_cell
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON core.release_file
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON core.held_back_count
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON core.released_divisor
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.append_only();
