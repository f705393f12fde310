-- Whether a return that was first received at a moment came on_time, in_grace or late; due_end and grace_end are
-- core.end_of_day of the two days, which whoever asks for many returns works out once. The one definition, for what is
-- compiled (compile/reporting.sql) and for each duty (relations/duty.sql).
CREATE FUNCTION core.timeliness(received_at timestamptz, due_end timestamptz, grace_end timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN received_at < due_end THEN 'on_time'
                WHEN received_at < grace_end THEN 'in_grace'
                WHEN received_at IS NOT NULL THEN 'late' END
$$;
