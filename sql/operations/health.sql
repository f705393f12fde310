-- How the work stands, one row: a name, a figure and its unit each; empty where there is none.
WITH recent AS (
    SELECT s.submission_id, coalesce(s.tried_at, s.handed_in_at, s.received_at) AS queued_at, s.finished_at
    FROM ledger.submission s
    WHERE s.state = 'loaded' AND s.via <> 'sample'  -- a made-up round says that it came when it would have
    ORDER BY s.finished_at DESC LIMIT 20
)
SELECT h.name, h.figure::double precision AS figure, h.unit
FROM (VALUES
    ('files waiting', (SELECT count(*) FROM ledger.submission WHERE state = 'received'), 'files'),
    ('longest wait',
     (SELECT extract(epoch FROM clock_timestamp() - min(coalesce(tried_at, handed_in_at, received_at)))
      FROM ledger.submission WHERE state = 'received'), 's'),
    ('files failed', (SELECT count(*) FROM ledger.submission WHERE state = 'failed'), 'files'),
    ('files held', (SELECT count(*) FROM ledger.submission WHERE state = 'held'), 'files'),
    ('last 20 files: from arrival to loaded, median',
     (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM finished_at - queued_at)) FROM recent), 's'),
    ('areas to compile', (SELECT count(*) FROM core.compile_queue), 'areas'),
    ('longest wait of an area to compile',
     (SELECT extract(epoch FROM clock_timestamp() - min(queued_at)) FROM core.compile_queue), 's'),
    ('periods not up to date', (SELECT count(*) FROM core.period_to_compile), 'periods'),
    ('last publication',
     (SELECT extract(epoch FROM clock_timestamp() - max(published_at)) FROM core.period), 's ago'),
    ('database', pg_database_size(current_database()), 'bytes'),
    ('transactions that hold locks for more than a minute',
     (SELECT count(DISTINCT a.pid)
      FROM pg_stat_activity a JOIN pg_locks l USING (pid)
      WHERE a.datname = current_database() AND a.xact_start < clock_timestamp() - interval '1 minute'
        AND l.locktype IN ('relation', 'tuple', 'transactionid') AND l.granted AND a.pid <> pg_backend_pid()), 'transactions')
) AS h (name, figure, unit)
