-- The queue alone says what waits to be compiled.
ALTER TABLE core.compile_queue
    ADD COLUMN queued_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- when the chain that is to take the row was started, or last got on; NULL: not yet
    ADD COLUMN announced_at timestamptz;

-- Periods were opened into the queue, those too that only hold a population or targets and are never compiled.
DELETE FROM core.compile_queue q
USING core.period p
WHERE p.period_id = q.period_id AND p.moved_at IS NULL;

ALTER TABLE core.period
    DROP COLUMN moved_at,
    DROP COLUMN compiled_layer;
