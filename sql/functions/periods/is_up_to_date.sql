-- Whether everything that came in for a period has been compiled and published.
CREATE FUNCTION core.is_up_to_date(of_period integer) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT EXISTS (SELECT FROM core.period p WHERE p.period_id = of_period AND p.published_at IS NOT NULL)
       AND NOT EXISTS (SELECT FROM core.compile_queue t WHERE t.period_id = of_period)
$$;
