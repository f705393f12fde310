-- A pace is a change a year. Moments are the last days of a period or of a target's year; what was reached by the newest
-- month is compared with what was reached by the baseline.
CREATE VIEW mart.plan_progress WITH (security_invoker) AS
WITH newest AS MATERIALIZED (
    SELECT key AS period, ends_on FROM core.period WHERE period_id = core.newest_reported_month()
)
SELECT g.indicator, g.area_code, g.area_level, g.sex, g.kind, g.year, g.value AS target, g.responsible,
       b.year AS baseline_year, b.value AS baseline, n.period AS as_of, f.value AS present, f.lower_bound, f.upper_bound,
       g.value - f.value AS shortfall, g.value - f.upper_bound AS shortfall_at_least, g.value - f.lower_bound AS shortfall_at_most,
       p.needed AS pace_needed, p.seen AS pace_seen,
       CASE WHEN d.sign * (g.value - f.value) <= 0 THEN extract(year FROM n.ends_on)::integer
            WHEN d.sign * p.seen > 0 THEN ceil(p.until - 1e-9)::integer END AS arrival_year,
       CASE WHEN f.value IS NULL THEN 'unknown'
            WHEN d.sign * (g.value - f.value) <= 0 THEN 'reached'
            WHEN d.sign * p.seen IS NULL THEN 'unknown'
            WHEN d.sign * p.seen >= d.sign * p.needed THEN 'on_track'
            ELSE 'behind' END AS state
FROM mart.target g
CROSS JOIN newest n
JOIN core.indicator i ON i.code = g.indicator
CROSS JOIN LATERAL (SELECT CASE i.definition ->> 'direction' WHEN 'down' THEN -1 ELSE 1 END AS sign) AS d
LEFT JOIN LATERAL (
    SELECT t.year, t.value
    FROM mart.target t
    WHERE (t.indicator, t.area_code, t.sex, t.kind) = (g.indicator, g.area_code, g.sex, 'baseline') AND t.year < g.year
    ORDER BY t.year DESC
    LIMIT 1
) AS b ON true
LEFT JOIN mart.indicator_value f
    ON f.indicator = g.indicator AND f.area_code = g.area_code AND f.sex = g.sex AND f.age_group = '_T'
    AND f.period = n.period AND f.period_id = (SELECT core.newest_reported_month())
CROSS JOIN LATERAL (
    SELECT nullif(greatest(g.year - core.year_of(n.ends_on), 0), 0) AS left_over,
           nullif(greatest(core.year_of(n.ends_on) - b.year, 0), 0) AS gone
) AS years
CROSS JOIN LATERAL (
    SELECT (g.value - f.value) / years.left_over AS needed, (f.value - b.value) / years.gone AS seen,
           core.year_of(n.ends_on) + (g.value - f.value) / nullif((f.value - b.value) / years.gone, 0) AS until
) AS p
WHERE g.kind <> 'baseline';
