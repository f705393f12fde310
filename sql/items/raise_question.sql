-- A question that stands on no sheet: raised, and at once with the layer that it needs.
INSERT INTO core.item (kind, text, origin_id, raised_at, holder_id, top_layer_id, due, moved_at)
SELECT 'question', :text, o.area_id, clock_timestamp(), h.area_id, h.layer_id,
       coalesce(CAST(:due AS date), (now() AT TIME ZONE c.timezone)::date
           + coalesce((c.definition #>> '{calendar,flash_reports,answer_days}')::integer, 14)),
       clock_timestamp()
FROM core.area o
JOIN core.layer l ON l.code = :needs_layer
JOIN core.area h ON o.tree_left BETWEEN h.tree_left AND h.tree_right AND h.layer_id = least(l.layer_id, o.layer_id)
CROSS JOIN core.country c
WHERE o.code = :area_code AND o.valid_to = 'infinity'
RETURNING item_id, origin_id, holder_id;
