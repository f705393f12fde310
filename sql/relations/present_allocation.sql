-- Money granted downwards, each grant at the area that got it. Grain: allocation (return). Unit: national currency.
CREATE VIEW core.present_allocation WITH (security_invoker) AS
SELECT r.return_id, r.period_id, r.scheme_id, r.area_id, r.known_from, a.tree_left, sum(m.amount) AS amount
FROM core.return r
JOIN core.allocation_line m USING (return_id)
JOIN core.area a USING (area_id)
WHERE r.dataset = 'allocations' AND r.known_to = 'infinity'
GROUP BY r.return_id, r.period_id, r.scheme_id, r.area_id, r.known_from, a.tree_left;
