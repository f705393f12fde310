CREATE VIEW mart.compilation WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, r.dataset, p.key AS period,
       coalesce(c.state::text, CASE WHEN r.received > 0 THEN 'compiled' ELSE 'open' END) AS state,
       coalesce(c.since, p.published_at) AS since, r.expected, r.received,
       s.as_known_at AS signed_at, s.ended_at AS signed_until
FROM core.area a
JOIN core.layer l USING (layer_id)
CROSS JOIN LATERAL (
    SELECT period_id, dataset, sum(expected) AS expected, sum(received) AS received
    FROM core.reporting
    WHERE area_id = a.area_id
    GROUP BY period_id, dataset
) AS r
JOIN core.period p USING (period_id)
LEFT JOIN core.compilation c ON c.period_id = r.period_id AND c.dataset = r.dataset AND c.area_id = a.area_id
LEFT JOIN core.last_endorsement s ON s.period_id = r.period_id AND s.dataset = r.dataset AND s.area_id = a.area_id;
