-- The areas of one stage whose figures have to be compiled again, taken out of the queue (0 among them stands for all).
-- Where nothing of a period has been compiled yet, all areas: what is not reported has to be counted everywhere.
CREATE TEMP TABLE claimed (area_id integer PRIMARY KEY) ON COMMIT DROP;

WITH queued AS (
    DELETE FROM core.compile_queue WHERE period_id = :period_id AND stage = :stage RETURNING area_id
),
taken AS (
    SELECT area_id FROM queued
    UNION ALL
    SELECT 0 FROM core.period
    WHERE period_id = :period_id AND compiled_at IS NULL AND :stage = (SELECT max(layer_id) FROM core.layer)
)
INSERT INTO claimed
SELECT area_id FROM taken
UNION
SELECT a.area_id FROM core.area a WHERE (a.layer_id = :stage OR :stage = -1)
    AND EXISTS (SELECT FROM taken WHERE taken.area_id = 0);

ANALYZE claimed;
