-- Writes an entry of the audit log. The one way to it: whoever may call this may not write the tables.
CREATE FUNCTION ledger.log_action(person_id integer, person text, action text, subject text, area_code text, detail jsonb)
RETURNS void LANGUAGE sql SECURITY DEFINER AS $$
    INSERT INTO ledger.audit_waiting (person_id, person, action, subject, area_code, detail)
    VALUES ($1, $2, $3, $4, $5, $6)
$$;
