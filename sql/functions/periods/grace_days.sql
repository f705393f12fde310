-- Days of grace of a dataset after its due day, as the country's calendar has them; 0 where it has none.
CREATE FUNCTION core.grace_days(of_dataset text) RETURNS integer
LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT (c.definition #>> ARRAY['calendar', 'grace_days', of_dataset])::integer
                     FROM core.country c), 0)
$$;
