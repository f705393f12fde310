-- Holds the figures of a dataset and period until the transaction ends: first the loading of its returns, then the
-- publication of the period. While an act holds these locks no return can become known with an earlier moment than the one
-- that is signed.
CREATE FUNCTION core.lock_figures(of_period integer, of_dataset text) RETURNS void
LANGUAGE sql AS $$
    SELECT core.take_lock('returns ' || of_dataset || ' ' || of_period);
    SELECT core.take_lock('publication ' || of_period);
$$;
