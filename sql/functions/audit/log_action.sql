-- Writes an entry of the audit log: who, as the session is known to be; when, by this server's clock, as its transaction
-- commits. The one way to it: whoever may call this may not write the tables. `seldom`: nothing where the same person has
-- left the same entry within that time.
CREATE FUNCTION ledger.log_action(
    action text, subject text, area_code text DEFAULT NULL, detail jsonb DEFAULT '{}', seldom interval DEFAULT NULL
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    who constant integer := core.current_person();
    name constant text := coalesce(
        (SELECT p.name FROM ledger.person p WHERE p.person_id = who),
        CASE WHEN session_user = current_user AND coalesce(current_setting('sala.person', true), '') <> 'visitor'
             THEN 'sala' ELSE 'visitor' END);
BEGIN
    IF seldom IS NOT NULL AND EXISTS (
        SELECT FROM ledger.audit a
        WHERE a.action = $1 AND a.subject = $2 AND a.at > clock_timestamp() - seldom AND a.person_id IS NOT DISTINCT FROM who
    ) THEN
        RETURN;
    END IF;
    INSERT INTO ledger.audit_waiting (person_id, person, action, subject, area_code, detail)
    VALUES (who, name, left($1, 100), left($2, 250), left($3, 250), ledger.bounded($4));
END $$;
