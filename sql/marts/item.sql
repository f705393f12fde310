-- Names and preorder numbers of origin and holder stand in it: pages ask by them, and join nothing more.
CREATE VIEW mart.item WITH (security_invoker) AS
SELECT i.item_id, i.kind, i.text, o.code AS area_code, ol.code AS area_level, o.layer_id AS area_depth,
       o.tree_left AS area_tree_left, o.names, m.code AS administrator,
       h.code AS holder_code, hl.code AS holder_level, h.layer_id AS holder_depth, h.tree_left AS holder_tree_left,
       h.names AS holder_names, top.code AS top_level, i.top_layer_id AS top_depth,
       i.state, i.raised_at, i.due,
       today.is_on - (i.raised_at AT TIME ZONE today.timezone)::date AS age_days,
       i.state <> 'settled' AND i.due < today.is_on AS overdue,
       i.part_of,
       coalesce((SELECT whole.state = 'open' FROM core.item whole WHERE whole.item_id = i.part_of), false) AS grouped,
       (SELECT count(*) FROM core.item part WHERE part.part_of = i.item_id) AS parts,
       answer.reason AS answer, answer.code AS answered_by, answer.names AS answered_names, i.moved_at
FROM core.item i
JOIN core.area o ON o.area_id = i.origin_id
JOIN core.layer ol ON ol.layer_id = o.layer_id
JOIN core.area h ON h.area_id = i.holder_id
JOIN core.layer hl ON hl.layer_id = h.layer_id
JOIN core.layer top ON top.layer_id = i.top_layer_id
CROSS JOIN (
    SELECT timezone, (now() AT TIME ZONE timezone)::date AS is_on FROM core.country
) AS today
LEFT JOIN core.administrator m USING (administrator_id)
LEFT JOIN LATERAL (
    SELECT s.reason, a.code, a.names
    FROM core.item_step s
    LEFT JOIN core.area a ON a.area_id = s.from_id
    WHERE s.item_id = i.item_id AND s.action IN ('answered', 'settled', 'withdrawn')
    ORDER BY s.item_step_id DESC
    LIMIT 1
) AS answer ON i.state <> 'open';
