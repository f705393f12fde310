-- How many returns each indicator expected, and how many came. One row an area and indicator.
CREATE TEMP TABLE completeness ON COMMIT DROP AS
SELECT r.area_id, s.indicator_id, core.total(r.expected) AS expected, core.total(r.received) AS received
FROM claimed
JOIN core.reporting r USING (area_id)
JOIN indicator_scheme s USING (scheme_id)
WHERE r.period_id = :period_id AND r.dataset = 'scheme_returns'
GROUP BY r.area_id, s.indicator_id;
