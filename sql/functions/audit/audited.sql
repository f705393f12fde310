-- What is sealed, as one text that any program can make again from the columns.
CREATE FUNCTION ledger.audited(entry ledger.audit) RETURNS text
LANGUAGE sql STABLE SET timezone = 'UTC' SET datestyle = 'ISO' AS $$
    SELECT jsonb_build_array(
        entry.audit_id, to_char(entry.at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), entry.person_id, entry.person,
        entry.action, entry.subject, entry.area_code, entry.detail)::text
$$;
