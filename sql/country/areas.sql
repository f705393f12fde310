-- The gazetteer in temp table `gazetteer` (code, parent_code, layer_id, names, valid_from, valid_to) becomes
-- core.area. An area is known by its code and the day it came into being; what is gone from the gazetteer is
-- closed as of today and keeps its figures.
UPDATE core.area a
SET valid_to = greatest(current_date, a.valid_from + 1)
WHERE a.valid_to = 'infinity'
  AND NOT EXISTS (SELECT FROM gazetteer g WHERE (g.code, g.valid_from) = (a.code, a.valid_from));

UPDATE core.area a
SET names = g.names, layer_id = g.layer_id, valid_to = g.valid_to
FROM gazetteer g
WHERE (g.code, g.valid_from) = (a.code, a.valid_from)
  AND (a.names, a.layer_id, a.valid_to) IS DISTINCT FROM (g.names, g.layer_id, g.valid_to);
