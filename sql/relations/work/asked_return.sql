-- Kinds of returns that are asked for now: their period is over, and the last reminder is not a month ago. Grain: dataset,
-- scheme, period.
CREATE VIEW core.asked_return WITH (security_invoker) AS
SELECT d.*, d.due_on < t.is_on AS late
FROM core.due_date d
CROSS JOIN core.today t
CROSS JOIN core.country c
WHERE d.ends_on < t.is_on
  AND t.is_on <= d.due_on + 30 + (c.definition #>> '{calendar,reminders,escalate_days}')::integer;
