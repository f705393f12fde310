-- Grants of money that stand, each at the area that got it.
CREATE VIEW core.granted WITH (security_invoker) AS
SELECT r.return_id, r.period_id, r.scheme_id, r.area_id, r.known_from, a.tree_left, sum(m.amount) AS amount
FROM core.return r
JOIN core.allocation_line m USING (return_id)
JOIN core.area a USING (area_id)
WHERE r.dataset = 'allocations' AND r.known_to = 'infinity'
GROUP BY r.return_id, r.period_id, r.scheme_id, r.area_id, r.known_from, a.tree_left;
