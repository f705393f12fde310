-- Reporting discipline: what is due, what came, how long it stayed where, and the index of it all.

CREATE VIEW mart.calendar WITH (security_invoker) AS
SELECT d.dataset, s.code AS scheme, s.administrator_code AS administrator, l.code AS area_level, d.period, d.starts_on,
       d.ends_on, d.due_on, d.grace_until,
       CASE WHEN t.is_on <= d.ends_on THEN 'running' WHEN t.is_on <= d.due_on THEN 'due'
            WHEN t.is_on <= d.grace_until THEN 'grace' ELSE 'past' END AS state
FROM core.due d
CROSS JOIN core.today t
JOIN core.layer l USING (layer_id)
LEFT JOIN core.scheme s ON s.scheme_id = d.scheme_id AND d.scheme_id > 0;

CREATE VIEW mart.duty WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, d.dataset, s.code AS scheme, d.period, d.due_on, d.grace_until, d.state,
       d.content, d.received_at, d.state IN ('due', 'overdue', 'missing', 'empty') AS owed,
       (coalesce(d.received_at AT TIME ZONE t.timezone, t.is_on::timestamp))::date - d.due_on AS days_after_due
FROM core.duty d
CROSS JOIN core.today t
JOIN core.area a USING (area_id)
JOIN core.layer l ON l.layer_id = a.layer_id
LEFT JOIN core.scheme s ON s.scheme_id = d.scheme_id AND d.scheme_id > 0;

-- A period for which nobody has filed anything is not opened; what was expected is still missing.
CREATE VIEW mart.discipline WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, r.period, r.dataset, coalesce(s.code, '_T') AS scheme,
       r.expected, r.received, r.on_time, r.in_grace, r.received - r.on_time - r.in_grace AS late,
       r.awaited, r.expected - r.received - r.awaited AS missing, r.empty, r.partial, r.zero
FROM core.area a
JOIN core.layer l USING (layer_id)
CROSS JOIN LATERAL (
    SELECT c.period, c.dataset, nullif(c.scheme_id, 0) AS scheme_id, sum(c.expected)::bigint AS expected,
           sum(c.received)::bigint AS received, sum(c.on_time)::bigint AS on_time, sum(c.in_grace)::bigint AS in_grace,
           sum(CASE WHEN c.grace_until >= t.is_on THEN c.expected - c.received ELSE 0 END)::bigint AS awaited,
           sum(c.empty)::bigint AS empty, sum(c.partial)::bigint AS partial, sum(c.zero)::bigint AS zero
    FROM core.today t
    CROSS JOIN (
        SELECT p.key AS period, r.dataset, r.scheme_id, p.ends_on + k.due_days + k.grace_days AS grace_until,
               r.expected, r.received, r.on_time, r.in_grace, r.empty, r.partial, r.zero
        FROM core.reporting r
        JOIN core.period p USING (period_id)
        JOIN core.duty_kind k ON k.dataset = r.dataset AND k.scheme_id = r.scheme_id AND k.frequency = p.kind
        WHERE r.area_id = a.area_id AND p.period_id IN (SELECT y.period_id FROM core.to_report y)
        UNION ALL
        SELECT d.period, d.dataset, d.scheme_id, d.grace_until,
               (SELECT count(*) FROM core.area b
                WHERE b.layer_id = d.layer_id AND b.tree_left BETWEEN a.tree_left AND a.tree_right
                  AND b.valid_from <= d.ends_on AND b.valid_to > d.starts_on), 0, 0, 0, 0, 0, 0
        FROM core.due d
        CROSS JOIN core.today t
        WHERE d.layer_id >= a.layer_id AND d.ends_on < t.is_on
          AND NOT EXISTS (SELECT FROM core.period p WHERE p.period_id = d.period_id)
          AND ((SELECT core.sees_all()) OR a.area_id IN (SELECT area_id FROM core.my_areas)
               AND ((SELECT core.my_administrator()) IS NULL OR d.scheme_id IN (SELECT scheme_id FROM core.my_schemes)))
    ) AS c
    GROUP BY GROUPING SETS ((c.period, c.dataset, c.scheme_id), (c.period, c.dataset))
    HAVING (grouping(c.scheme_id) = 1 OR c.scheme_id > 0) AND sum(c.expected) > 0
) AS r
LEFT JOIN core.scheme s ON s.scheme_id = r.scheme_id;

CREATE VIEW mart.service_level WITH (security_invoker) AS
SELECT s.administrator_code AS administrator, s.code AS scheme, l.code AS area_level, p.key AS period, s.due_days,
       p.ends_on + s.due_days AS due_on, e.expected, e.received, e.on_time, e.in_grace,
       e.on_time::double precision / nullif(e.expected, 0) AS on_time_rate,
       d.median_delay, d.p90_delay, d.partial, coalesce(x.rejected, 0) AS rows_rejected,
       coalesce(k.corrected, 0) AS corrected
FROM core.period p
CROSS JOIN LATERAL (
    SELECT r.scheme_id, sum(r.expected) AS expected, sum(r.received) AS received, sum(r.on_time) AS on_time,
           sum(r.in_grace) AS in_grace
    FROM core.reporting r
    JOIN core.scheme own ON own.scheme_id = r.scheme_id AND own.layer_id = r.layer_id
    WHERE r.period_id = p.period_id AND r.dataset = 'scheme_returns'
    GROUP BY r.scheme_id
) AS e
JOIN core.scheme s USING (scheme_id)
JOIN core.layer l ON l.layer_id = s.layer_id
LEFT JOIN LATERAL (
    SELECT r.scheme_id, count(*) FILTER (WHERE r.partial) AS partial,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY (r.received_at AT TIME ZONE t.timezone)::date - p.ends_on - own.due_days)
               AS median_delay,
           percentile_cont(0.9) WITHIN GROUP (ORDER BY (r.received_at AT TIME ZONE t.timezone)::date - p.ends_on - own.due_days)
               AS p90_delay
    FROM core.return r
    JOIN core.scheme own USING (scheme_id)
    CROSS JOIN core.today t
    WHERE r.period_id = p.period_id AND r.dataset = 'scheme_returns' AND r.known_to = 'infinity'
    GROUP BY r.scheme_id
) AS d ON d.scheme_id = s.scheme_id
LEFT JOIN LATERAL (
    SELECT r.scheme_id, count(DISTINCT r.area_id) AS corrected
    FROM core.return r
    WHERE r.period_id = p.period_id AND r.dataset = 'scheme_returns' AND r.known_to < 'infinity'
      AND r.withdrawal_id IS NULL
    GROUP BY r.scheme_id
) AS k ON k.scheme_id = s.scheme_id
LEFT JOIN LATERAL (
    SELECT j.cells ->> 'scheme' AS scheme, count(*) AS rejected
    FROM ledger.rejected_row j
    JOIN ledger.submission u ON u.submission_id = j.submission_id AND u.verdicts = j.verdict
    WHERE u.dataset = 'scheme_returns' AND j.cells ->> 'period' = p.key
    GROUP BY j.cells ->> 'scheme'
) AS x ON x.scheme = s.code;

-- How long what came in stayed at a layer.
CREATE VIEW mart.dwell WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, c.dataset, p.key AS period, came.first_at AS first_received_at,
       came.last_at AS last_received_at, done.compiled_at, done.endorsed_at,
       extract(epoch FROM done.compiled_at - came.last_at) / 86400 AS days_to_compile,
       extract(epoch FROM coalesce(done.endorsed_at, now()) - came.first_at) / 86400 AS days_to_endorse,
       done.endorsed_at IS NULL AS waiting
FROM core.area a
JOIN core.layer l USING (layer_id)
JOIN core.committee USING (layer_id)  -- where there is none, nothing waits
CROSS JOIN LATERAL (
    SELECT DISTINCT r.period_id, r.dataset
    FROM core.reporting r
    WHERE r.area_id = a.area_id AND r.received > 0
) AS c
JOIN core.period p USING (period_id)
CROSS JOIN LATERAL (
    SELECT min(r.received_at) AS first_at, max(r.received_at) AS last_at
    FROM core.area b
    JOIN core.return r ON r.area_id = b.area_id AND r.period_id = p.period_id
    WHERE b.tree_left BETWEEN a.tree_left AND a.tree_right AND r.dataset = c.dataset AND r.known_to = 'infinity'
) AS came
CROSS JOIN LATERAL (  -- a publication before the last return is not the one that holds it
    SELECT CASE WHEN p.published_at >= came.last_at THEN p.published_at END AS compiled_at,
           (SELECT max(e.as_known_at) FROM core.endorsement e
            WHERE e.period_id = p.period_id AND e.dataset = c.dataset AND e.area_id = a.area_id) AS endorsed_at
) AS done
WHERE came.first_at IS NOT NULL;

-- Only duties whose day has passed: a month is not judged before its returns are due.
CREATE VIEW mart.management_index WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, p.key AS period, v.timeliness, v.completeness, v.corrections,
       v.grievances, CASE WHEN i.used >= (w.definition ->> 'least_parts')::integer THEN i.value END AS index,
       i.parts, i.left_out, r.expected, r.received, r.on_time, r.in_grace, c.corrected, g.resolved, g.pending
FROM core.area a
JOIN core.layer l USING (layer_id)
CROSS JOIN (SELECT definition -> 'management_index' AS definition FROM core.country) AS w
CROSS JOIN LATERAL (
    SELECT r.period_id, sum(r.expected) AS expected, sum(r.received) AS received, sum(r.on_time) AS on_time,
           sum(r.in_grace) AS in_grace
    FROM core.reporting r
    JOIN core.period q USING (period_id)
    JOIN core.duty_kind k ON k.dataset = r.dataset AND k.scheme_id = r.scheme_id AND k.frequency = q.kind
    CROSS JOIN core.today t
    WHERE r.area_id = a.area_id AND r.dataset = 'scheme_returns' AND q.ends_on + k.due_days < t.is_on
    GROUP BY r.period_id
) AS r
JOIN core.period p USING (period_id)
CROSS JOIN LATERAL (
    SELECT count(DISTINCT (x.area_id, x.scheme_id)) AS corrected
    FROM core.return x
    JOIN core.area b ON b.area_id = x.area_id AND b.tree_left BETWEEN a.tree_left AND a.tree_right
    JOIN core.duty_kind k ON k.dataset = x.dataset AND k.scheme_id = x.scheme_id AND k.frequency = p.kind
    CROSS JOIN core.today t
    WHERE x.period_id = p.period_id AND x.known_to < 'infinity' AND x.dataset = 'scheme_returns'
      AND p.ends_on + k.due_days < t.is_on
      AND EXISTS (
          SELECT FROM core.return y
          WHERE y.area_id = x.area_id AND y.period_id = x.period_id AND y.scheme_id = x.scheme_id
            AND y.dataset = x.dataset AND y.known_to = 'infinity')
) AS c
CROSS JOIN LATERAL (
    SELECT sum(y.resolved)::bigint AS resolved, sum(y.pending)::bigint AS pending
    FROM core.grievance_compiled y
    WHERE y.area_id = a.area_id AND y.period_id = p.period_id
) AS g
CROSS JOIN LATERAL (
    SELECT (r.on_time + r.in_grace * (w.definition ->> 'in_grace')::double precision) / nullif(r.expected, 0) AS timeliness,
           r.received::double precision / nullif(r.expected, 0) AS completeness,
           (r.received - c.corrected)::double precision / nullif(r.received, 0) AS corrections,
           g.resolved::double precision / nullif(g.resolved + g.pending, 0) AS grievances
) AS v
CROSS JOIN LATERAL (
    SELECT sum(part.weight * part.value) / sum(part.weight) FILTER (WHERE part.value IS NOT NULL) AS value,
           count(part.value) AS used,
           coalesce(array_agg(part.name ORDER BY part.n) FILTER (WHERE part.value IS NOT NULL), '{}') AS parts,
           coalesce(array_agg(part.name ORDER BY part.n) FILTER (WHERE part.value IS NULL), '{}') AS left_out
    FROM (
        SELECT named.n, named.name, named.value, (w.definition #>> ARRAY['weights', named.name])::double precision AS weight
        FROM (VALUES (1, 'timeliness', v.timeliness), (2, 'completeness', v.completeness),
                     (3, 'corrections', v.corrections), (4, 'grievances', v.grievances)) AS named (n, name, value)
    ) AS part
    WHERE part.weight IS NOT NULL
) AS i
WHERE jsonb_typeof(w.definition) = 'object';

CREATE VIEW mart.reminder WITH (security_invoker) AS
SELECT r.reminder_id, o.name AS person, r.stage, r.dataset, s.code AS scheme, r.period, a.code AS area_code, r.due_on,
       r.owing, r.made_at, r.read_at, r.mail, r.attempts, r.tried_at
FROM core.reminder r
JOIN ledger.person o USING (person_id)
JOIN core.area a ON a.area_id = r.area_id
LEFT JOIN core.scheme s ON s.scheme_id = r.scheme_id AND r.scheme_id > 0;
