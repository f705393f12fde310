-- Endorsements that hold now. Grain: area, dataset, period.
--
-- Not those whose area is in the compile queue: while a change waits to be compiled and published, what is shown is no
-- longer what was signed.
CREATE VIEW core.current_endorsement WITH (security_invoker) AS
SELECT c.period_id, c.dataset, c.area_id, c.as_known_at
FROM core.compilation c
WHERE c.state = 'endorsed'
  AND NOT EXISTS (SELECT FROM core.compile_queue t WHERE t.period_id = c.period_id AND t.area_id IN (0, c.area_id));
