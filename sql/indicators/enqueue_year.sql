-- The year of a month that was published is published at the same areas. Announced, because whoever publishes the last
-- month that waits goes on to the year.
INSERT INTO core.compile_queue (period_id, stage, area_id, announced_at)
SELECT :year_id, -1, area_id, clock_timestamp() FROM claimed;
