-- What was compiled waits for the layer above, and to be published: the stages that follow in the chain that runs.
WITH done AS (
    SELECT area_id FROM claimed
    WHERE area_id = 0 OR NOT EXISTS (SELECT FROM claimed WHERE area_id = 0)
)
INSERT INTO core.compile_queue (period_id, stage, area_id, announced_at)
SELECT DISTINCT :period_id, :layer_id - 1, coalesce(a.parent_id, 0), clock_timestamp()
FROM done
LEFT JOIN core.area a USING (area_id)
WHERE :layer_id > 0
UNION ALL
SELECT :period_id, -1, area_id, clock_timestamp() FROM done;
