-- New areas of one layer, whose parents are there already. The parent is the one that stands when they begin,
-- or else the first that begins after them.
INSERT INTO core.area (code, layer_id, parent_id, names, valid_from, valid_to)
SELECT g.code, g.layer_id, parent.area_id, g.names, g.valid_from, g.valid_to
FROM gazetteer g
LEFT JOIN LATERAL (
    SELECT p.area_id
    FROM core.area p
    WHERE p.code = g.parent_code AND p.valid_to > g.valid_from
    ORDER BY p.valid_from
    LIMIT 1
) AS parent ON true
WHERE g.layer_id = :layer_id
  AND NOT EXISTS (SELECT FROM core.area a WHERE (a.code, a.valid_from) = (g.code, g.valid_from));

UPDATE core.area a
SET parent_id = parent.area_id
FROM gazetteer g
JOIN core.area parent ON parent.code = g.parent_code AND parent.valid_to > g.valid_from
WHERE a.layer_id = :layer_id
  AND (g.code, g.valid_from) = (a.code, a.valid_from)
  AND parent.valid_from = (
    SELECT min(p.valid_from) FROM core.area p WHERE p.code = g.parent_code AND p.valid_to > g.valid_from
  )
  AND a.parent_id <> parent.area_id;
