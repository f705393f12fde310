CREATE VIEW mart.plan_risk WITH (security_invoker) AS
SELECT r.risk ->> 'id' AS risk, r.risk ->> 'indicator' AS indicator, r.risk -> 'text' AS texts,
       r.risk ->> 'likelihood' AS likelihood, r.risk ->> 'impact' AS impact, r.risk -> 'mitigation' AS mitigations,
       r.risk ->> 'owner' AS owner
FROM core.country c
CROSS JOIN LATERAL jsonb_array_elements(coalesce(nullif(c.definition -> 'plan', 'null') -> 'risks', '[]')) AS r (risk);
