-- How many returns each indicator expected, and how many came; of these, how many leave out what it counts: of any sex,
-- and of each. One row an area and indicator.
CREATE TEMP TABLE completeness ON COMMIT DROP AS
WITH came AS (
    SELECT r.area_id, s.indicator_id, core.total(r.expected) AS expected, core.total(r.received) AS received
    FROM claimed
    JOIN core.reporting r USING (area_id)
    JOIN indicator_scheme s USING (scheme_id)
    WHERE r.period_id = :period_id AND r.dataset = 'scheme_returns' AND (s.levels IS NULL OR r.layer_id = ANY (s.levels))
    GROUP BY r.area_id, s.indicator_id
),
lacking AS (
    SELECT area_id, indicator_id,
           core.total(returns) FILTER (WHERE sex = 'T') AS any_sex, core.total(returns) FILTER (WHERE sex = 'F') AS f,
           core.total(returns) FILTER (WHERE sex = 'M') AS m, core.total(returns) FILTER (WHERE sex = 'X') AS x
    FROM claimed
    JOIN core.item_nonresponse USING (area_id)
    WHERE period_id = :period_id
    GROUP BY area_id, indicator_id
)
SELECT area_id, indicator_id, expected, received, coalesce(any_sex, 0) AS lacking,
       coalesce(f, 0) AS f_lacking, coalesce(m, 0) AS m_lacking, coalesce(x, 0) AS x_lacking
FROM came
LEFT JOIN lacking USING (area_id, indicator_id);
