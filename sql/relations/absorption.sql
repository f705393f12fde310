-- What was granted against what was paid in the same areas: where an area and one below it both have a grant, the one
-- above holds the other. Grain: area, period, scheme. Unit: national currency.
CREATE VIEW core.absorption WITH (security_invoker) AS
SELECT a.area_id, g.period_id, g.scheme_id, count(*) AS grants, count(k.return_id) AS acknowledged,
       sum(g.amount) AS allocated, sum(spent.paid) AS paid, sum(returns.expected)::bigint AS expected,
       sum(returns.received)::bigint AS received
FROM core.area a
JOIN core.present_allocation g ON g.tree_left BETWEEN a.tree_left AND a.tree_right
LEFT JOIN core.allocation_acknowledgement k USING (return_id)
CROSS JOIN LATERAL (  -- a yearly grant is spent in the months of its year
    SELECT sum(c.amount_paid) AS paid
    FROM core.compiled_line c
    WHERE c.area_id = g.area_id AND c.scheme_id = g.scheme_id
      AND (c.period_id = g.period_id
           OR g.period_id % 1000 = 0 AND c.period_id BETWEEN g.period_id + 101 AND g.period_id + 112)
) AS spent
CROSS JOIN LATERAL (
    SELECT sum(r.expected) AS expected, sum(r.received) AS received
    FROM core.reporting r
    WHERE r.area_id = g.area_id AND r.scheme_id = g.scheme_id AND r.dataset = 'scheme_returns'
      AND (r.period_id = g.period_id
           OR g.period_id % 1000 = 0 AND r.period_id BETWEEN g.period_id + 101 AND g.period_id + 112)
) AS returns
WHERE NOT EXISTS (
    SELECT FROM core.present_allocation o
    JOIN core.area above ON above.area_id = o.area_id
    WHERE o.period_id = g.period_id AND o.scheme_id = g.scheme_id AND o.area_id <> g.area_id
      AND o.tree_left BETWEEN a.tree_left AND a.tree_right AND g.tree_left BETWEEN above.tree_left AND above.tree_right)
GROUP BY a.area_id, g.period_id, g.scheme_id;
