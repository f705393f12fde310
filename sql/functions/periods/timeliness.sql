-- Whether a return that was first received at a moment came on_time, in_grace or late: both days end at midnight where the
-- country is. The one definition, for what is compiled (compile/reporting.sql) and for each duty (relations/duty.sql).
CREATE FUNCTION core.timeliness(received_at timestamptz, due_on date, grace_until date, timezone text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN received_at < (due_on + 1)::timestamp AT TIME ZONE timezone THEN 'on_time'
                WHEN received_at < (grace_until + 1)::timestamp AT TIME ZONE timezone THEN 'in_grace'
                WHEN received_at IS NOT NULL THEN 'late' END
$$;
