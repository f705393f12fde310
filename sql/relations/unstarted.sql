-- What has to be announced: rows of the queue whose chain nobody has started, or whose chain got stuck. Grain: row of the queue.
--
-- A chain is given up when nothing at all was compiled for a while, or it alone was not for longer. Starting another
-- one too early costs some empty stages; a clock that was set back must not make it wait.
CREATE VIEW core.unstarted WITH (security_invoker) AS
SELECT q.period_id, q.stage, q.area_id, q.queued_at
FROM core.compile_queue q
CROSS JOIN (
    SELECT greatest((SELECT max(announced_at) FROM core.compile_queue), (SELECT max(published_at) FROM core.period)) AS at
) AS last_progress
WHERE q.announced_at IS NULL
   OR q.announced_at NOT BETWEEN clock_timestamp() - CASE
          WHEN last_progress.at BETWEEN clock_timestamp() - interval '10 seconds' AND clock_timestamp()
          THEN interval '45 seconds' ELSE interval '15 seconds' END
      AND clock_timestamp();
