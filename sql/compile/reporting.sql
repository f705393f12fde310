-- Who was expected to report for the period at this layer and below, who did, and who did in time.
-- Expected, received, on time, partial and zero are different things; none is capped or inferred from another.
DELETE FROM core.reporting r USING claimed t WHERE r.period_id = :period_id AND r.area_id = t.area_id;

INSERT INTO core.reporting (
    period_id, layer_id, area_id, dataset, scheme_id, expected, received, on_time, partial, zero, in_grace, empty)
WITH period AS (
    SELECT * FROM core.period WHERE period_id = :period_id
),
kind AS (  -- what this layer itself must file
    SELECT 'scheme_returns' AS dataset, s.scheme_id, s.due_days
    FROM core.scheme s, period p
    WHERE s.layer_id = :layer_id AND s.frequency = p.kind AND s.starts <= p.ends_on AND s.ends > p.starts_on
    UNION ALL
    SELECT c.dataset, 0, c.due_days
    FROM core.calendar c, period p
    WHERE c.layer_id = :layer_id AND c.frequency = p.kind
),
duty AS MATERIALIZED (  -- the due day and the grace end at midnight where the country is
    SELECT k.dataset, k.scheme_id, (p.ends_on + k.due_days + 1)::timestamp AT TIME ZONE c.timezone AS due_at,
           (p.ends_on + k.due_days + core.grace_days(k.dataset) + 1)::timestamp AT TIME ZONE c.timezone AS grace_at
    FROM kind k, period p, core.country c
),
withdrawn AS (  -- came, and was taken back
    SELECT DISTINCT area_id, dataset, scheme_id
    FROM core.return
    WHERE period_id = :period_id AND known_to < 'infinity' AND withdrawal_id IS NOT NULL
),
own AS (
    SELECT a.area_id, d.dataset, d.scheme_id,
           1 AS expected,
           (r.return_id IS NOT NULL)::integer AS received,
           coalesce(r.received_at < d.due_at, false)::integer AS on_time,
           coalesce(r.partial, false)::integer AS partial,
           coalesce(r.zero, false)::integer AS zero,
           coalesce(r.received_at >= d.due_at AND r.received_at < d.grace_at, false)::integer AS in_grace,
           (r.return_id IS NULL AND w.area_id IS NOT NULL)::integer AS empty
    FROM claimed
    JOIN core.area a USING (area_id)
    CROSS JOIN period p
    CROSS JOIN duty d
    LEFT JOIN core.return r
        ON r.period_id = p.period_id AND r.dataset = d.dataset AND r.scheme_id = d.scheme_id
        AND r.area_id = a.area_id AND r.known_to = 'infinity'
    LEFT JOIN withdrawn w ON w.area_id = a.area_id AND w.dataset = d.dataset AND w.scheme_id = d.scheme_id
    WHERE a.valid_from <= p.ends_on AND a.valid_to > p.starts_on
),
below AS (
    SELECT t.area_id, b.dataset, b.scheme_id, b.expected, b.received, b.on_time, b.partial, b.zero,
           b.in_grace, b.empty
    FROM claimed t
    JOIN core.area a ON a.parent_id = t.area_id
    JOIN core.reporting b ON b.area_id = a.area_id AND b.period_id = :period_id
)
SELECT :period_id, :layer_id, area_id, dataset, scheme_id,
       core.total(expected), core.total(received), core.total(on_time), core.total(partial), core.total(zero),
       core.total(in_grace), core.total(empty)
FROM (SELECT * FROM own UNION ALL SELECT * FROM below) AS duties
GROUP BY area_id, dataset, scheme_id;
