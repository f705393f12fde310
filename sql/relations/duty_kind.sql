-- Kinds of returns that areas must file, with their days. Grain: dataset, scheme, layer.
CREATE VIEW core.duty_kind WITH (security_invoker) AS
SELECT 'scheme_returns' AS dataset, s.scheme_id, s.layer_id, s.frequency, s.due_days::integer AS due_days,
       g.days AS grace_days, s.starts, s.ends
FROM core.scheme s, (SELECT core.grace_days('scheme_returns') AS days) AS g
WHERE s.scheme_id > 0
UNION ALL
SELECT c.dataset, 0::smallint, c.layer_id, c.frequency, c.due_days::integer, core.grace_days(c.dataset), '-infinity',
       'infinity'
FROM core.calendar c;
