-- An item, and the areas between which it may move.
SELECT i.item_id, i.kind, i.state, i.part_of, whole.state AS whole_state, h.area_id AS holder_id, h.code AS holder_code,
       o.code AS origin_code, up.area_id AS above_id, down.area_id AS below_id,
       (now() AT TIME ZONE c.timezone)::date AS today,
       coalesce((c.definition #>> '{calendar,flash_reports,answer_days}')::integer, 14) AS answer_days
FROM core.item i
JOIN core.area o ON o.area_id = i.origin_id
JOIN core.area h ON h.area_id = i.holder_id
CROSS JOIN core.country c
LEFT JOIN core.area up ON up.area_id = h.parent_id
LEFT JOIN core.area down ON down.parent_id = h.area_id AND o.tree_left BETWEEN down.tree_left AND down.tree_right
LEFT JOIN core.item whole ON whole.item_id = i.part_of
WHERE i.item_id = :item_id
FOR UPDATE OF i;
