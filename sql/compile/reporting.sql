-- Who was expected to report for the period at this layer and below, who did, and who did in time.
-- Expected, received, on time, partial and zero are different things; none is capped or inferred from another.
DELETE FROM core.reporting r USING claimed t WHERE r.period_id = :period_id AND r.area_id = t.area_id;

INSERT INTO core.reporting (
    period_id, layer_id, area_id, dataset, scheme_id, expected, received, on_time, partial, zero, in_grace, empty,
    first_received_at, last_received_at, corrected, zero_first)
WITH period AS (
    SELECT * FROM core.period WHERE period_id = :period_id
),
duty AS MATERIALIZED (  -- what this layer itself must file
    SELECT d.dataset, d.scheme_id, core.end_of_day(d.due_on, c.timezone) AS due_end,
           core.end_of_day(d.grace_until, c.timezone) AS grace_end
    FROM period p
    CROSS JOIN core.country c
    CROSS JOIN LATERAL core.duties_of(p.kind, p.starts_on, p.ends_on) d
    WHERE d.layer_id = :layer_id
),
withdrawn AS (
    SELECT DISTINCT area_id, dataset, scheme_id FROM core.withdrawn_return WHERE period_id = :period_id
),
older AS (  -- what a return replaced: whether it was all zero, and when figures first came
    SELECT r.area_id, r.dataset, r.scheme_id, bool_or(r.zero) AS zero, min(r.known_from) FILTER (WHERE NOT r.zero) AS figures_at
    FROM claimed
    JOIN core.return r USING (area_id)
    WHERE r.period_id = :period_id AND r.known_to < 'infinity' AND r.administrator_id = 0
    GROUP BY r.area_id, r.dataset, r.scheme_id
),
filed AS MATERIALIZED (  -- one row a duty of an area: its timeliness is asked once
    SELECT a.area_id, d.dataset, d.scheme_id, r.return_id, r.partial, r.zero, w.area_id IS NOT NULL AS withdrawn,
           core.timeliness(r.received_at, d.due_end, d.grace_end) AS timeliness, r.received_at,
           r.return_id IS NOT NULL AND o.area_id IS NOT NULL AS corrected,
           o.zero AND NOT r.zero AND r.received_at < d.due_end AND least(o.figures_at, r.known_from) >= d.due_end AS zero_first
    FROM claimed
    JOIN core.area a USING (area_id)
    CROSS JOIN period p
    CROSS JOIN duty d
    LEFT JOIN core.return r
        ON r.period_id = p.period_id AND r.dataset = d.dataset AND r.scheme_id = d.scheme_id
        AND r.administrator_id = 0 AND r.area_id = a.area_id AND r.known_to = 'infinity'
    LEFT JOIN older o ON o.area_id = a.area_id AND o.dataset = d.dataset AND o.scheme_id = d.scheme_id
    LEFT JOIN withdrawn w ON w.area_id = a.area_id AND w.dataset = d.dataset AND w.scheme_id = d.scheme_id
    WHERE a.valid_from <= p.ends_on AND a.valid_to > p.ends_on
),
own AS (
    SELECT area_id, dataset, scheme_id,
           1 AS expected,
           (return_id IS NOT NULL)::integer AS received,
           coalesce(timeliness = 'on_time', false)::integer AS on_time,
           coalesce(partial, false)::integer AS partial,
           coalesce(zero, false)::integer AS zero,
           coalesce(timeliness = 'in_grace', false)::integer AS in_grace,
           (return_id IS NULL AND withdrawn)::integer AS empty,
           received_at AS first_received_at, received_at AS last_received_at, corrected::integer AS corrected,
           coalesce(zero_first, false)::integer AS zero_first
    FROM filed
),
below AS (
    SELECT t.area_id, b.dataset, b.scheme_id, b.expected, b.received, b.on_time, b.partial, b.zero,
           b.in_grace, b.empty, b.first_received_at, b.last_received_at, b.corrected, b.zero_first
    FROM claimed t
    JOIN core.area a ON a.parent_id = t.area_id
    JOIN core.reporting b ON b.area_id = a.area_id AND b.period_id = :period_id
)
SELECT :period_id, :layer_id, area_id, dataset, scheme_id,
       core.total(expected), core.total(received), core.total(on_time), core.total(partial), core.total(zero),
       core.total(in_grace), core.total(empty),
       min(first_received_at), max(last_received_at), core.total(corrected), core.total(zero_first)
FROM (SELECT * FROM own UNION ALL SELECT * FROM below) AS duties
GROUP BY area_id, dataset, scheme_id;
