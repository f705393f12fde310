-- Only duties whose day has passed: a month is not judged before its returns are due.
CREATE VIEW mart.management_index WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, p.key AS period, v.timeliness, v.completeness, v.corrections,
       v.grievances, CASE WHEN i.used >= (w.definition ->> 'least_parts')::integer THEN i.value END AS index,
       i.parts, i.left_out, r.expected, r.received, r.on_time - c.zero_first AS on_time, r.in_grace, c.zero_first,
       c.corrected, g.resolved, g.pending
FROM core.area a
JOIN core.layer l USING (layer_id)
CROSS JOIN (SELECT definition -> 'management_index' AS definition FROM core.country) AS w
CROSS JOIN LATERAL (
    SELECT r.period_id, sum(r.expected) AS expected, sum(r.received) AS received, sum(r.on_time) AS on_time,
           sum(r.in_grace) AS in_grace
    FROM core.reporting r
    JOIN core.period q USING (period_id)
    JOIN LATERAL core.duties_of(q.kind, q.starts_on, q.ends_on) d USING (dataset, scheme_id)
    CROSS JOIN core.today t
    WHERE r.area_id = a.area_id AND r.dataset = 'scheme_returns' AND d.due_on < t.is_on
    GROUP BY r.period_id
) AS r
JOIN core.period p USING (period_id)
CROSS JOIN LATERAL (
    SELECT count(DISTINCT (x.area_id, x.scheme_id)) AS corrected,
           -- nobody in time, and figures only after the due day
           count(DISTINCT (x.area_id, x.scheme_id)) FILTER (
               WHERE x.zero AND NOT y.zero AND (y.received_at AT TIME ZONE t.timezone)::date <= d.due_on
                 AND NOT EXISTS (
                     SELECT FROM core.return z
                     WHERE (z.area_id, z.period_id, z.scheme_id, z.dataset) = (x.area_id, x.period_id, x.scheme_id, x.dataset)
                       AND NOT z.zero AND (z.known_from AT TIME ZONE t.timezone)::date <= d.due_on)) AS zero_first
    FROM core.return x
    JOIN core.area b ON b.area_id = x.area_id AND b.tree_left BETWEEN a.tree_left AND a.tree_right
    JOIN core.return y
        ON y.area_id = x.area_id AND y.period_id = x.period_id AND y.scheme_id = x.scheme_id
        AND y.dataset = x.dataset AND y.known_to = 'infinity'
    JOIN LATERAL core.duties_of(p.kind, p.starts_on, p.ends_on) d ON (d.dataset, d.scheme_id) = (x.dataset, x.scheme_id)
    CROSS JOIN core.today t
    WHERE x.period_id = p.period_id AND x.known_to < 'infinity' AND x.dataset = 'scheme_returns'
      AND d.due_on < t.is_on
) AS c
CROSS JOIN LATERAL (
    SELECT sum(y.resolved)::bigint AS resolved, sum(y.pending)::bigint AS pending
    FROM core.grievance_compiled y
    WHERE y.area_id = a.area_id AND y.period_id = p.period_id
) AS g
CROSS JOIN LATERAL (
    SELECT (r.on_time - c.zero_first + r.in_grace * (w.definition ->> 'in_grace')::double precision) / nullif(r.expected, 0) AS timeliness,
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
