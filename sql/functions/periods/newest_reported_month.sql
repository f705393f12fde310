-- The newest published month of which the nation has half its returns: what is compared with a target, and what a page
-- opens on. NULL where there is none.
CREATE FUNCTION core.newest_reported_month() RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT max(month.period_id)
    FROM (
        SELECT r.period_id
        FROM core.area nation
        JOIN core.reporting r USING (area_id)
        JOIN core.period p USING (period_id)
        WHERE nation.layer_id = 0 AND r.dataset = 'scheme_returns' AND p.kind = 'M' AND p.published_at IS NOT NULL
        GROUP BY r.period_id
        HAVING core.total(r.received) * 2 >= core.total(r.expected)
    ) AS month
$$;
