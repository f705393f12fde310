-- Periods to report for, whether anybody has opened them or not: from the first for which anybody reported, but not more
-- than two years back, to those that end in the next two months. Grain: period.
CREATE VIEW core.reporting_period WITH (security_invoker) AS
WITH since AS MATERIALIZED (
    SELECT t.is_on, k.kind, greatest(t.is_on - 730, coalesce(k.first_on, t.is_on)) AS first_on
    FROM core.today t
    CROSS JOIN LATERAL (VALUES
        ('M'::"char", core.first_reported('M')), ('W', core.first_reported('W')),
        ('Y', least(core.first_reported('Y'), core.first_reported('M')))
    ) AS k (kind, first_on)
)
SELECT extract(year FROM day)::integer * 1000 + 100 + extract(month FROM day)::integer AS period_id,
       to_char(day, 'YYYY-MM') AS period, kind, day::date AS starts_on,
       (day + interval '1 month')::date - 1 AS ends_on
FROM since, generate_series(date_trunc('month', first_on), is_on + 31, interval '1 month') AS day
WHERE kind = 'M'
UNION ALL
SELECT extract(isoyear FROM day)::integer * 1000 + 200 + extract(week FROM day)::integer,
       to_char(day, 'IYYY-"W"IW'), kind, day::date, day::date + 6
FROM since, generate_series(date_trunc('week', first_on), is_on + 7, interval '1 week') AS day
WHERE kind = 'W'
UNION ALL
SELECT extract(year FROM day)::integer * 1000, to_char(day, 'YYYY'), kind, day::date, (day + interval '1 year')::date - 1
FROM since, generate_series(date_trunc('year', first_on), is_on, interval '1 year') AS day
WHERE kind = 'Y';
