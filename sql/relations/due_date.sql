-- When returns are due from the areas of a layer. Grain: dataset, scheme (0 where it has none), period.
CREATE VIEW core.due_date WITH (security_invoker) AS
SELECT d.dataset, d.scheme_id, d.layer_id, p.kind AS frequency, p.period_id, p.period, p.starts_on, p.ends_on,
       d.due_on, d.grace_until
FROM core.reporting_period p
CROSS JOIN LATERAL core.duties_of(p.kind, p.starts_on, p.ends_on) d;
