-- One step of an item, and of all that was grouped into it. A part that is answered goes back to its own origin.
-- Gives the items that moved.
WITH RECURSIVE whole AS (
    SELECT item_id, true AS first FROM core.item WHERE item_id = :item_id
    UNION ALL
    SELECT part.item_id, false
    FROM core.item part
    JOIN whole ON part.part_of = whole.item_id
    WHERE part.state <> 'settled'
),
going AS (
    SELECT i.item_id, i.holder_id AS from_id,
           CASE :action WHEN 'answered' THEN i.origin_id ELSE :to_id END AS to_id,
           whole.first
    FROM whole
    JOIN core.item i USING (item_id)
),
moved AS (
    UPDATE core.item i
    SET holder_id = going.to_id,
        state = CASE :action WHEN 'answered' THEN 'answered' WHEN 'settled' THEN 'settled' ELSE 'open' END,
        top_layer_id = least(i.top_layer_id, (SELECT a.layer_id FROM core.area a WHERE a.area_id = going.to_id)),
        part_of = CASE WHEN :action = 'answered' AND NOT going.first THEN NULL ELSE i.part_of END,
        due = CASE WHEN :action = 'settled' THEN i.due ELSE CAST(:due AS date) END,
        moved_at = clock_timestamp()
    FROM going
    WHERE i.item_id = going.item_id
    RETURNING i.item_id
)
INSERT INTO core.item_step (item_id, at, action, from_id, to_id, person_id, person, reason)
SELECT item_id, clock_timestamp(), :action, from_id, to_id, core.current_person(), :person, :reason
FROM going;
