-- Periods whose figures are not those of their returns: whatever is in the queue waits, whoever is at work on it. Grain: period.
CREATE VIEW core.period_to_compile WITH (security_invoker) AS
SELECT p.period_id, p.key, min(q.queued_at) AS since, max(q.stage) AS stage
FROM core.compile_queue q
JOIN core.period p USING (period_id)
GROUP BY p.period_id, p.key;
