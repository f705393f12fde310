CREATE VIEW mart.reporting_rate WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, p.key AS period, r.dataset,
       coalesce(s.code, '_T') AS scheme,
       r.expected, r.received, r.on_time,
       r.received - r.on_time AS late, r.partial, r.zero, r.expected - r.received AS missing,
       r.received::double precision / nullif(r.expected, 0) AS rate,
       r.on_time::double precision / nullif(r.expected, 0) AS on_time_rate
FROM core.area a
JOIN core.layer l USING (layer_id)
CROSS JOIN LATERAL (  -- so that asking for some areas adds up only theirs
    SELECT period_id, dataset, nullif(scheme_id, 0) AS scheme_id,
           sum(expected) AS expected, sum(received) AS received, sum(on_time) AS on_time,
           sum(partial) AS partial, sum(zero) AS zero
    FROM core.reporting
    WHERE area_id = a.area_id
    GROUP BY GROUPING SETS ((period_id, dataset, scheme_id), (period_id, dataset))
    HAVING grouping(scheme_id) = 1 OR scheme_id > 0
) AS r
JOIN core.period p USING (period_id)
LEFT JOIN core.scheme s ON s.scheme_id = r.scheme_id;
