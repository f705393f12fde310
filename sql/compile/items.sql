-- Risks and decisions of the sheets begin to travel. A sheet's line raises an item, unless the same words of the
-- same area have one that is not settled. The item is held by the lowest layer able to settle it. Items that were
-- grouped into one travel with it. Where a corrected sheet no longer names an item on which nobody has acted, the
-- item is withdrawn. Running this again changes nothing.
CREATE TEMP TABLE raised ON COMMIT DROP AS
WITH chosen AS (
    SELECT coalesce((c.definition #>> '{calendar,flash_reports,answer_days}')::integer, 14) AS answer_days, c.timezone
    FROM core.country c
)
SELECT i.item_id AS flash_item_id, r.area_id, r.administrator_id, i.kind, btrim(i.text) AS text,
       md5(lower(btrim(i.text))) AS text_digest, i.sources, r.received_at,
       coalesce(i.due, (r.received_at AT TIME ZONE chosen.timezone)::date + chosen.answer_days) AS due,
       holder.area_id AS holder_id, holder.layer_id AS top_layer_id
FROM claimed t
JOIN core.return r ON r.area_id = t.area_id AND r.period_id = :period_id
    AND r.dataset = 'flash_items' AND r.known_to = 'infinity'
JOIN core.flash_item i USING (return_id)
JOIN core.area a ON a.area_id = r.area_id
CROSS JOIN chosen
JOIN core.area holder ON a.tree_left BETWEEN holder.tree_left AND holder.tree_right
    AND holder.layer_id = CASE WHEN i.stays_because IS NULL THEN least(i.needs_layer_id, a.layer_id) ELSE a.layer_id END
WHERE i.kind IN ('risk', 'decision')
  -- what was put together from items below informs, and is theirs to settle; it moves when a layer above must
  AND (i.origin = 'own' OR holder.layer_id < a.layer_id);
ANALYZE raised;

UPDATE core.item i
SET state = 'settled', moved_at = clock_timestamp()
FROM core.item_mention m
JOIN claimed t USING (area_id)
WHERE m.period_id = :period_id AND i.item_id = m.item_id AND i.state = 'open' AND i.part_of IS NULL
  AND NOT EXISTS (SELECT FROM raised x WHERE (x.area_id, x.administrator_id, x.kind, x.text_digest)
                      = (m.area_id, m.administrator_id, m.kind, m.text_digest))
  AND NOT EXISTS (SELECT FROM core.item_mention o WHERE o.item_id = m.item_id AND o.period_id <> m.period_id)
  AND NOT EXISTS (SELECT FROM core.item_step s WHERE s.item_id = m.item_id AND s.person <> 'Sala')
  AND NOT EXISTS (SELECT FROM core.item p WHERE p.part_of = m.item_id);

WITH gone AS (
    DELETE FROM core.item_mention m
    USING core.item i, claimed t
    WHERE m.period_id = :period_id AND m.area_id = t.area_id AND i.item_id = m.item_id AND i.state = 'settled'
      AND NOT EXISTS (SELECT FROM raised x WHERE (x.area_id, x.administrator_id, x.kind, x.text_digest)
                          = (m.area_id, m.administrator_id, m.kind, m.text_digest))
      AND NOT EXISTS (SELECT FROM core.item_step s WHERE s.item_id = i.item_id AND s.action = 'settled')
    RETURNING i.item_id, i.holder_id
)
INSERT INTO core.item_step (item_id, at, action, from_id, to_id, person)
SELECT item_id, clock_timestamp(), 'withdrawn', holder_id, holder_id, 'Sala' FROM gone;

DELETE FROM raised x
USING core.item_mention m
WHERE m.period_id = :period_id
  AND (m.area_id, m.administrator_id, m.kind, m.text_digest) = (x.area_id, x.administrator_id, x.kind, x.text_digest);

INSERT INTO core.item (kind, text, origin_id, administrator_id, flash_item_id, raised_at, holder_id, top_layer_id,
                       due, moved_at)
SELECT DISTINCT ON (area_id, administrator_id, kind, text_digest)
       kind, text, area_id, administrator_id, flash_item_id, received_at, holder_id, top_layer_id, due, received_at
FROM raised x
WHERE NOT EXISTS (
    SELECT FROM core.item i
    WHERE i.state <> 'settled'
      AND (i.origin_id, i.administrator_id, i.kind, i.text_digest) = (x.area_id, x.administrator_id, x.kind, x.text_digest))
ORDER BY area_id, administrator_id, kind, text_digest, flash_item_id;

INSERT INTO core.item_step (item_id, at, action, from_id, to_id, person, reason)
SELECT i.item_id, i.raised_at, move.action, move.from_id, move.to_id, 'Sala', NULL
FROM core.item i
JOIN raised x USING (flash_item_id)
CROSS JOIN LATERAL (VALUES (1, 'raised', NULL, i.origin_id), (2, 'escalated', i.origin_id, i.holder_id))
    AS move (place, action, from_id, to_id)
WHERE move.place = 1 OR i.holder_id <> i.origin_id
ORDER BY i.item_id, move.place;

INSERT INTO core.item_mention (area_id, administrator_id, period_id, kind, text_digest, item_id)
SELECT DISTINCT ON (x.area_id, x.administrator_id, x.kind, x.text_digest)
       x.area_id, x.administrator_id, :period_id, x.kind, x.text_digest, i.item_id
FROM raised x
JOIN core.item i ON i.state <> 'settled'
    AND (i.origin_id, i.administrator_id, i.kind, i.text_digest) = (x.area_id, x.administrator_id, x.kind, x.text_digest)
ORDER BY x.area_id, x.administrator_id, x.kind, x.text_digest, i.item_id;

-- Those that were grouped: held where the group is, and moved with it from now on.
WITH grouped AS (
    SELECT DISTINCT ON (part.item_id) part.item_id, part.holder_id AS from_id, whole.item_id AS part_of,
           whole.holder_id, whole.top_layer_id, whole.raised_at
    FROM raised x
    JOIN core.item whole USING (flash_item_id)
    CROSS JOIN LATERAL unnest(x.sources) AS source (flash_item_id)
    JOIN core.flash_item line ON line.item_id = source.flash_item_id
    JOIN core.return r ON r.return_id = line.return_id
    JOIN core.item_mention m ON m.area_id = r.area_id AND m.administrator_id = r.administrator_id
        AND m.period_id = r.period_id AND m.kind = line.kind AND m.text_digest = md5(lower(btrim(line.text)))
    JOIN core.item part ON part.item_id = m.item_id
    JOIN core.area origin ON origin.area_id = part.origin_id
    JOIN core.area whole_origin ON whole_origin.area_id = whole.origin_id
    WHERE part.state = 'open' AND part.part_of IS NULL AND part.item_id <> whole.item_id
      AND origin.tree_left BETWEEN whole_origin.tree_left AND whole_origin.tree_right
      AND whole.top_layer_id <= (SELECT layer_id FROM core.area h WHERE h.area_id = part.holder_id)
    ORDER BY part.item_id, whole.item_id
),
moved AS (
    UPDATE core.item i
    SET part_of = g.part_of, holder_id = g.holder_id, top_layer_id = least(i.top_layer_id, g.top_layer_id),
        moved_at = g.raised_at
    FROM grouped g
    WHERE i.item_id = g.item_id
)
INSERT INTO core.item_step (item_id, at, action, from_id, to_id, person)
SELECT item_id, raised_at, 'joined', from_id, holder_id, 'Sala' FROM grouped;

-- After many, the planner must not go by what it knew before.
DO $$ BEGIN
    IF (SELECT count(*) FROM raised) > 100 THEN
        ANALYZE core.item, core.item_step, core.item_mention;
    END IF;
END $$;

DROP TABLE raised;
