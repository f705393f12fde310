CREATE VIEW mart.list_difference WITH (security_invoker) AS
SELECT p.key AS period, a.code AS area_code, y.code AS area_level, s.code AS scheme, r.total AS counted, l.listed,
       l.listed - coalesce(r.total, 0) AS difference
FROM core.return r
JOIN LATERAL (
    SELECT sum(list.lines)::bigint AS listed
    FROM core.return list
    JOIN core.area at ON at.area_id = list.area_id
    JOIN core.area top ON top.area_id = r.area_id AND at.tree_left BETWEEN top.tree_left AND top.tree_right
    WHERE list.dataset = 'beneficiary_list' AND list.known_to = 'infinity'
      AND list.period_id = r.period_id AND list.scheme_id = r.scheme_id
) AS l ON l.listed IS NOT NULL
JOIN core.period p USING (period_id)
JOIN core.area a USING (area_id)
JOIN core.layer y USING (layer_id)
JOIN core.scheme s ON s.scheme_id = r.scheme_id
WHERE r.dataset = 'scheme_returns' AND r.known_to = 'infinity' AND NOT r.from_list AND y.layer_id = s.layer_id
  AND r.period_id IN (SELECT o.period_id FROM core.return o WHERE o.dataset = 'beneficiary_list' AND o.known_to = 'infinity')
  AND l.listed IS DISTINCT FROM r.total;
