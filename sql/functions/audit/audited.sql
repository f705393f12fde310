-- An entry of the audit log as the one text that is sealed; any program can make it again from the columns.
CREATE FUNCTION ledger.audited(entry ledger.audit) RETURNS text
LANGUAGE sql STABLE SET timezone = 'UTC' SET datestyle = 'ISO' AS $$
    SELECT jsonb_build_array(
        entry.audit_id, to_char(entry.at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), entry.person_id, entry.person,
        entry.action, entry.subject, entry.area_code, entry.detail)::text
$$;
