-- Trigger: an entry is sealed with the one before it when its transaction commits.
CREATE FUNCTION ledger.seal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    entry ledger.audit;
BEGIN
    PERFORM core.take_lock('audit');
    SELECT audit_id + 1, seal INTO entry.audit_id, entry.previous FROM ledger.audit ORDER BY audit_id DESC LIMIT 1;
    entry.audit_id := coalesce(entry.audit_id, 1);
    entry.previous := coalesce(entry.previous, decode(repeat('00', 32), 'hex'));
    entry.at := clock_timestamp();
    entry.person_id := new.person_id;
    entry.person := new.person;
    entry.action := new.action;
    entry.subject := new.subject;
    entry.area_code := new.area_code;
    entry.detail := new.detail;
    entry.seal := sha256(entry.previous || convert_to(ledger.audited(entry), 'UTF8'));
    INSERT INTO ledger.audit SELECT entry.*;
    DELETE FROM ledger.audit_waiting WHERE position = new.position;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER seal AFTER INSERT ON ledger.audit_waiting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger.seal();
