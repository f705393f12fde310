-- How the work stands: a figure a row with its unit (s, B or none); empty where there is none. `of_what` tells figures of
-- one name apart.
WITH recent AS (
    SELECT s.submission_id, coalesce(s.tried_at, s.handed_in_at, s.received_at) AS queued_at, s.finished_at
    FROM ledger.submission s
    WHERE s.state = 'loaded' AND s.via <> 'sample'  -- a made-up round says that it came when it would have
    ORDER BY s.finished_at DESC LIMIT 20
)
SELECT h.name, h.of_what, h.figure::double precision AS figure, h.unit
FROM (VALUES
    ('files_waiting', '', (SELECT count(*) FROM ledger.submission WHERE state = 'received'), ''),
    ('oldest_file_waiting', '',
     (SELECT extract(epoch FROM clock_timestamp() - min(coalesce(tried_at, handed_in_at, received_at)))
      FROM ledger.submission WHERE state = 'received'), 's'),
    ('files_failed', '', (SELECT count(*) FROM ledger.submission WHERE state = 'failed'), ''),
    ('files_held', '', (SELECT count(*) FROM ledger.submission WHERE state = 'held'), ''),
    ('arrival_to_loaded', '',
     (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM finished_at - queued_at)) FROM recent), 's'),
    ('areas_to_compile', '', (SELECT count(*) FROM core.compile_queue), ''),
    ('oldest_area_to_compile', '',
     (SELECT extract(epoch FROM clock_timestamp() - min(queued_at)) FROM core.compile_queue), 's'),
    ('periods_to_compile', '', (SELECT count(*) FROM core.period_to_compile), ''),
    ('since_publication', '',
     (SELECT extract(epoch FROM clock_timestamp() - max(published_at)) FROM core.period), 's'),
    ('database_size', '', pg_database_size(current_database()), 'B'),
    ('locks_held_long', '',
     (SELECT count(DISTINCT a.pid)
      FROM pg_stat_activity a JOIN pg_locks l USING (pid)
      WHERE a.datname = current_database() AND a.xact_start < clock_timestamp() - interval '1 minute'
        AND l.locktype IN ('relation', 'tuple', 'transactionid') AND l.granted AND a.pid <> pg_backend_pid()), '')
) AS h (name, of_what, figure, unit)
