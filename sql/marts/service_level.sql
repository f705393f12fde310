-- Everything of returns is read from core.reporting of the layer that a scheme is reported by, where an area has at most one:
-- its moments were compiled with its counts.
CREATE VIEW mart.service_level WITH (security_invoker) AS
SELECT s.administrator_code AS administrator, s.code AS scheme, l.code AS area_level, p.key AS period, s.due_days,
       e.due_on, e.expected, e.received, e.on_time, e.in_grace,
       e.on_time::double precision / nullif(e.expected, 0) AS on_time_rate,
       e.delay[1] AS median_delay, e.delay[2] AS p90_delay, e.partial, coalesce(x.rejected, 0) AS rows_rejected,
       e.corrected
FROM core.period p
CROSS JOIN LATERAL (
    SELECT r.scheme_id, own.due_on, sum(r.expected) AS expected, sum(r.received) AS received, sum(r.on_time) AS on_time,
           sum(r.in_grace) AS in_grace, sum(r.partial) AS partial, sum(r.corrected) AS corrected,
           percentile_cont(ARRAY[0.5, 0.9])
               WITHIN GROUP (ORDER BY (r.first_received_at AT TIME ZONE t.timezone)::date - own.due_on) AS delay
    FROM core.reporting r
    JOIN LATERAL core.duties_of(p.kind, p.starts_on, p.ends_on) own USING (dataset, scheme_id, layer_id)
    CROSS JOIN core.today t
    WHERE r.period_id = p.period_id AND r.dataset = 'scheme_returns'
    GROUP BY r.scheme_id, own.due_on
) AS e
JOIN core.scheme s USING (scheme_id)
JOIN core.layer l ON l.layer_id = s.layer_id
LEFT JOIN LATERAL (
    SELECT j.cells ->> 'scheme' AS scheme, count(*) AS rejected
    FROM ledger.rejected_row j
    JOIN ledger.submission u ON u.submission_id = j.submission_id AND u.verdicts = j.verdict
    WHERE u.dataset = 'scheme_returns' AND j.cells ->> 'period' = p.key
    GROUP BY j.cells ->> 'scheme'
) AS x ON x.scheme = s.code;
