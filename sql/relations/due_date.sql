-- When returns are due from the areas of a layer. Grain: dataset, scheme (0 where it has none), period.
CREATE VIEW core.due_date WITH (security_invoker) AS
SELECT k.dataset, k.scheme_id, k.layer_id, k.frequency, p.period_id, p.period, p.starts_on, p.ends_on,
       p.ends_on + k.due_days AS due_on, p.ends_on + k.due_days + k.grace_days AS grace_until
FROM core.duty_kind k
JOIN core.reporting_period p ON p.kind = k.frequency AND k.starts <= p.ends_on AND k.ends > p.starts_on;
