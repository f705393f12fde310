-- What the standing returns of an area and of all below it leave out, and what they count without telling it apart.
CREATE FUNCTION mart.item_nonresponse(area text, of_period text) RETURNS TABLE (
    scheme text, sex text, column_name text, returns bigint, not_told_apart bigint, rounding bigint)
LANGUAGE sql STABLE AS $$
    WITH standing AS MATERIALIZED (
        SELECT r.return_id, r.period_id, r.scheme_id
        FROM core.period p
        JOIN core.area top ON top.code = area AND top.valid_from <= p.ends_on AND top.valid_to > p.starts_on
        JOIN core.area a ON a.tree_left BETWEEN top.tree_left AND top.tree_right
        JOIN core.return r ON r.area_id = a.area_id AND r.period_id = p.period_id
        WHERE p.key = of_period AND r.dataset = 'scheme_returns' AND r.known_to = 'infinity'
    )
    SELECT s.code, m.sex::text, coalesce(nullif(m.measure, ''), 'beneficiaries'), count(DISTINCT m.return_id), NULL::bigint,
           NULL::bigint
    FROM standing
    JOIN core.missing_line m USING (return_id)
    JOIN core.scheme s USING (scheme_id)
    GROUP BY s.code, m.sex, m.measure
    UNION ALL
    SELECT s.code, 'U', 'beneficiaries', NULL, core.total(l.beneficiaries) FILTER (WHERE l.beneficiaries > 0),
           core.total(l.beneficiaries) FILTER (WHERE l.beneficiaries < 0)
    FROM standing
    JOIN core.scheme_line l USING (period_id, return_id)
    JOIN core.scheme s USING (scheme_id)
    WHERE l.remainder AND l.sex = 'U'
    GROUP BY s.code
$$;
