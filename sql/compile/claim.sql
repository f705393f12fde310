-- The areas of one stage whose figures have to be compiled again, taken out of the queue (0 among them stands for all).
CREATE TEMP TABLE claimed (area_id integer PRIMARY KEY) ON COMMIT DROP;

WITH taken AS (
    DELETE FROM core.compile_queue WHERE period_id = :period_id AND stage = :stage RETURNING area_id
)
INSERT INTO claimed
SELECT area_id FROM taken
UNION
SELECT a.area_id FROM core.area a WHERE (a.layer_id = :stage OR :stage = -1)
    AND EXISTS (SELECT FROM taken WHERE taken.area_id = 0);

ANALYZE claimed;
