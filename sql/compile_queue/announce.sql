-- The periods whose chain has to be started now; noted on their rows of the queue. A stage that is taking rows away at this
-- moment will hand them on: those are passed by, and come up again should it fail.
WITH unannounced AS (
    SELECT q.ctid
    FROM core.compile_queue q
    WHERE (q.period_id, q.stage, q.area_id) IN (SELECT period_id, stage, area_id FROM core.unstarted)
    FOR UPDATE SKIP LOCKED
),
announced AS (
    UPDATE core.compile_queue q
    SET announced_at = clock_timestamp()
    FROM unannounced
    WHERE q.ctid = unannounced.ctid
    RETURNING period_id
)
SELECT key
FROM core.period
WHERE period_id IN (SELECT period_id FROM announced)
ORDER BY key;
