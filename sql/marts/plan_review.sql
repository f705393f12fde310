CREATE VIEW mart.plan_review WITH (security_invoker) AS
SELECT (r.review ->> 'on')::date AS reviewed_on, r.review -> 'conclusion' AS conclusions
FROM core.country c
CROSS JOIN LATERAL jsonb_array_elements(coalesce(nullif(c.definition -> 'plan', 'null') -> 'reviews', '[]')) AS r (review);
