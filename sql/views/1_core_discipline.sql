-- What is due, from whom, and when.

CREATE OR REPLACE FUNCTION core.grace_days(of_dataset text) RETURNS integer
LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT (c.definition #>> ARRAY['calendar', 'grace_days', of_dataset])::integer
                     FROM core.country c), 0)
$$;

CREATE OR REPLACE VIEW core.today WITH (security_invoker) AS
SELECT (now() AT TIME ZONE timezone)::date AS is_on, timezone FROM core.country;

-- Kinds of returns that areas must file.
CREATE OR REPLACE VIEW core.duty_kind WITH (security_invoker) AS
SELECT 'scheme_returns' AS dataset, s.scheme_id, s.layer_id, s.frequency, s.due_days::integer AS due_days,
       g.days AS grace_days, s.starts, s.ends
FROM core.scheme s, (SELECT core.grace_days('scheme_returns') AS days) AS g
WHERE s.scheme_id > 0
UNION ALL
SELECT c.dataset, 0::smallint, c.layer_id, c.frequency, c.due_days::integer, core.grace_days(c.dataset), '-infinity',
       'infinity'
FROM core.calendar c;

-- When the first period of a kind begins for which anybody at all has reported: before it nothing was expected. It is
-- the same for everybody, whatever they see.
CREATE OR REPLACE FUNCTION core.first_reported(of_kind "char") RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT min(p.starts_on)
    FROM core.period p
    WHERE p.kind = of_kind AND EXISTS (
        SELECT FROM core.return r
        WHERE r.period_id = p.period_id
          AND r.dataset = CASE of_kind WHEN 'W' THEN 'flash_reports' ELSE 'scheme_returns' END)
$$;

-- The periods there are to report for, whether anybody has opened them or not: from the first one for which anybody
-- reported, but not more than two years back, to those that end in the next two months.
CREATE OR REPLACE VIEW core.to_report WITH (security_invoker) AS
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

CREATE OR REPLACE VIEW core.due WITH (security_invoker) AS
SELECT k.dataset, k.scheme_id, k.layer_id, k.frequency, p.period_id, p.period, p.starts_on, p.ends_on,
       p.ends_on + k.due_days AS due_on, p.ends_on + k.due_days + k.grace_days AS grace_until
FROM core.duty_kind k
JOIN core.to_report p ON p.kind = k.frequency AND k.starts <= p.ends_on AND k.ends > p.starts_on;

-- What each area itself must file, and what became of it. Only of areas whose returns the reader sees: to anybody else
-- each of them would look missing.
CREATE OR REPLACE VIEW core.duty WITH (security_invoker) AS
SELECT a.area_id, d.dataset, d.scheme_id, d.layer_id, d.period_id, d.period, d.due_on, d.grace_until, r.received_at,
       CASE WHEN r.return_id IS NULL THEN
                CASE WHEN gone.there THEN 'empty'
                     WHEN t.is_on <= d.ends_on THEN 'running'
                     WHEN t.is_on <= d.due_on THEN 'due'
                     WHEN t.is_on <= d.grace_until THEN 'overdue'
                     ELSE 'missing' END
            WHEN r.received_at < (d.due_on + 1)::timestamp AT TIME ZONE t.timezone THEN 'on_time'
            WHEN r.received_at < (d.grace_until + 1)::timestamp AT TIME ZONE t.timezone THEN 'in_grace'
            ELSE 'late' END AS state,
       CASE WHEN r.return_id IS NULL THEN NULL WHEN r.partial THEN 'partial' WHEN r.zero THEN 'zero'
            ELSE 'figures' END AS content
FROM core.due d
CROSS JOIN core.today t
JOIN core.area a ON a.layer_id = d.layer_id AND a.valid_from <= d.ends_on AND a.valid_to > d.starts_on
LEFT JOIN core.return r
    ON r.area_id = a.area_id AND r.period_id = d.period_id AND r.scheme_id = d.scheme_id AND r.dataset = d.dataset
    AND r.known_to = 'infinity'
LEFT JOIN LATERAL (
    SELECT true AS there
    FROM core.return w
    WHERE r.return_id IS NULL AND w.period_id = d.period_id AND w.area_id = a.area_id AND w.dataset = d.dataset
      AND w.scheme_id = d.scheme_id AND w.known_to < 'infinity' AND w.withdrawal_id IS NOT NULL
    LIMIT 1
) AS gone ON true
WHERE (SELECT core.sees_all())
   OR a.area_id IN (SELECT area_id FROM core.my_areas)
      AND ((SELECT core.my_administrator()) IS NULL OR d.scheme_id IN (SELECT scheme_id FROM core.my_schemes));
