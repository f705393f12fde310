-- Who was expected to report for the period at this layer and below, who did, and who did in time.
-- Expected, received, on time, partial and zero are different things; none is capped or inferred from another.
DELETE FROM core.reporting r USING touched t WHERE r.period_id = :period_id AND r.area_id = t.area_id;

INSERT INTO core.reporting
WITH period AS (
    SELECT * FROM core.period WHERE period_id = :period_id
),
duty AS (  -- what this layer itself must file
    SELECT 'scheme_returns' AS dataset, s.scheme_id, s.due_days
    FROM core.scheme s, period p
    WHERE s.layer_id = :layer_id AND s.frequency = p.kind AND s.starts <= p.ends_on AND s.ends > p.starts_on
    UNION ALL
    SELECT c.dataset, 0, c.due_days
    FROM core.calendar c, period p
    WHERE c.layer_id = :layer_id AND c.frequency = p.kind
),
own AS (
    SELECT a.area_id, d.dataset, d.scheme_id,
           1 AS expected,
           (r.return_id IS NOT NULL)::integer AS received,
           -- the due day ends at midnight where the country is
           coalesce(r.received_at < ((p.ends_on + d.due_days + 1)::timestamp AT TIME ZONE c.timezone), false)::integer AS on_time,
           coalesce(r.partial, false)::integer AS partial,
           coalesce(r.zero, false)::integer AS zero
    FROM touched
    JOIN core.area a USING (area_id)
    CROSS JOIN period p
    CROSS JOIN core.country c
    CROSS JOIN duty d
    LEFT JOIN core.return r
        ON r.period_id = p.period_id AND r.dataset = d.dataset AND r.scheme_id = d.scheme_id
        AND r.area_id = a.area_id AND r.known_to = 'infinity'
    WHERE a.valid_from <= p.ends_on AND a.valid_to > p.starts_on
),
below AS (
    SELECT t.area_id, b.dataset, b.scheme_id, b.expected, b.received, b.on_time, b.partial, b.zero
    FROM touched t
    JOIN core.area a ON a.parent_id = t.area_id
    JOIN core.reporting b ON b.area_id = a.area_id AND b.period_id = :period_id
)
SELECT :period_id, :layer_id, area_id, dataset, scheme_id,
       core.total(expected), core.total(received), core.total(on_time), core.total(partial), core.total(zero)
FROM (SELECT * FROM own UNION ALL SELECT * FROM below) AS duties
GROUP BY area_id, dataset, scheme_id;
