-- Areas that stand at the end of a period, down to a layer.
SELECT a.code, parent.code AS parent, l.code AS layer, a.names
FROM core.area a
JOIN core.layer l USING (layer_id)
JOIN core.period p ON p.period_id = :period_id
LEFT JOIN core.area parent ON parent.area_id = a.parent_id
WHERE a.layer_id <= :depth AND a.valid_from <= p.ends_on AND a.valid_to > p.ends_on
ORDER BY a.tree_left
