-- To report: what is owed by the session's area and by those below it for which nobody else writes, as far as the session files
-- it. Those who run a scheme answer for it in the whole of their area. Grain: dataset, period.
CREATE VIEW core.work_to_report WITH (security_invoker) AS
SELECT o.area_id, owed.dataset, owed.period, min(owed.due_on) AS due_on, sum(owed.n)::bigint AS n
FROM core.my_office o
CROSS JOIN LATERAL (
    SELECT r.dataset, r.scheme_id, r.layer_id, r.period, r.due_on,
           sum(CASE WHEN r.own THEN r.n ELSE -r.n END) AS n
    FROM core.owed_return r
    GROUP BY r.dataset, r.scheme_id, r.layer_id, r.period, r.due_on
) AS owed
WHERE owed.n > 0
  AND (owed.dataset, owed.scheme_id, owed.layer_id = o.layer_id) IN (
      SELECT f.dataset, f.scheme_id, f.own FROM core.filing() f WHERE f.administrator_id = 0)
GROUP BY o.area_id, owed.dataset, owed.period;
