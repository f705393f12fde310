-- Periods whose chain has to be started: returns have changed since it last began, or it was cut short. Grain: period.
CREATE VIEW core.period_to_compile WITH (security_invoker) AS
SELECT key, moved_at AS since
FROM core.period
WHERE moved_at > coalesce(compiled_at, '-infinity')
UNION ALL
SELECT key, compiled_at
FROM core.period
WHERE compiled_at >= moved_at
  AND coalesce(published_at, '-infinity') < compiled_at
  AND compiled_at < clock_timestamp() - interval '5 minutes';
