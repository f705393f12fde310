CREATE FUNCTION core.lock_figures(of_period integer, of_dataset text) RETURNS void
LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock(hashtext('return ' || of_dataset), of_period);
    SELECT pg_advisory_xact_lock(-1, of_period);
$$;
