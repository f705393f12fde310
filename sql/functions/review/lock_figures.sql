-- Holds the figures of a dataset and period until the transaction ends: first the loading of its returns, then the
-- publication of the period. While an act holds these locks no return can become known with an earlier moment than the one
-- that is signed.
CREATE FUNCTION core.lock_figures(of_period integer, of_dataset text) RETURNS void
LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock(hashtext('return ' || of_dataset), of_period);
    SELECT pg_advisory_xact_lock(-1, of_period);
$$;
