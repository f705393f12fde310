-- The areas of one hop whose figures have to be compiled again, taken out of the queue (0 among them stands for all).
CREATE TEMP TABLE touched (area_id integer PRIMARY KEY) ON COMMIT DROP;

WITH taken AS (
    DELETE FROM core.touched WHERE period_id = :period_id AND hop = :hop RETURNING area_id
)
INSERT INTO touched
SELECT area_id FROM taken
UNION
SELECT a.area_id FROM core.area a WHERE (a.layer_id = :hop OR :hop = -1)
    AND EXISTS (SELECT FROM taken WHERE taken.area_id = 0);

ANALYZE touched;
