-- Late below me: what the offices below the session's area owe after the due day, for those who follow it up. `area_id` is the
-- office that owes the most. Grain: dataset, period.
CREATE VIEW core.work_late_below WITH (security_invoker) AS
SELECT (array_agg(owed.area_id ORDER BY owed.n DESC, owed.area_id))[1] AS area_id, owed.dataset, owed.period,
       min(owed.due_on) AS due_on, sum(owed.n)::bigint AS n, count(*) AS offices
FROM core.my_office o
CROSS JOIN LATERAL (
    SELECT r.area_id, r.dataset, r.period, min(r.due_on) AS due_on, sum(r.n) AS n
    FROM core.owed_return r
    WHERE NOT r.own AND r.late
    GROUP BY r.area_id, r.dataset, r.period
) AS owed
WHERE o.administrator IS NULL AND o.actions && ARRAY['submit', 'draft', 'return']
GROUP BY owed.dataset, owed.period;
