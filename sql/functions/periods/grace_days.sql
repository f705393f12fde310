CREATE FUNCTION core.grace_days(of_dataset text) RETURNS integer
LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT (c.definition #>> ARRAY['calendar', 'grace_days', of_dataset])::integer
                     FROM core.country c), 0)
$$;
