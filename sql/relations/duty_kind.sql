-- Kinds of returns that areas must file, with their days. Grain: dataset, scheme, layer. The days of grace stand in a
-- scalar query of their own, which is asked once a statement and not once a row.
CREATE VIEW core.duty_kind WITH (security_invoker) AS
SELECT 'scheme_returns' AS dataset, s.scheme_id, s.layer_id, s.frequency, s.due_days::integer AS due_days,
       (SELECT core.grace_days('scheme_returns')) AS grace_days, s.starts, s.ends
FROM core.scheme s
WHERE s.scheme_id > 0
UNION ALL
SELECT c.dataset, 0::smallint, c.layer_id, c.frequency, c.due_days::integer, core.grace_days(c.dataset), '-infinity',
       'infinity'
FROM core.calendar c;
