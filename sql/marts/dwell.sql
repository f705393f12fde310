CREATE VIEW mart.dwell WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, returns.dataset, p.key AS period, returns.first_at AS first_received_at,
       returns.last_at AS last_received_at, steps.compiled_at, steps.endorsed_at,
       extract(epoch FROM steps.compiled_at - returns.last_at) / 86400 AS days_to_compile,
       extract(epoch FROM coalesce(steps.endorsed_at, now()) - returns.first_at) / 86400 AS days_to_endorse,
       steps.endorsed_at IS NULL AS waiting
FROM core.area a
JOIN core.layer l USING (layer_id)
JOIN core.committee USING (layer_id)  -- where there is none, nothing waits
CROSS JOIN LATERAL (
    SELECT r.period_id, r.dataset, min(r.first_received_at) AS first_at, max(r.last_received_at) AS last_at
    FROM core.reporting r
    WHERE r.area_id = a.area_id
    GROUP BY r.period_id, r.dataset
) AS returns
JOIN core.period p USING (period_id)
CROSS JOIN LATERAL (  -- a publication before the last return is not the one that holds it
    SELECT CASE WHEN p.published_at >= returns.last_at THEN p.published_at END AS compiled_at,
           (SELECT max(e.as_known_at) FROM core.endorsement e
            WHERE e.period_id = p.period_id AND e.dataset = returns.dataset AND e.area_id = a.area_id) AS endorsed_at
) AS steps
WHERE returns.first_at IS NOT NULL;
