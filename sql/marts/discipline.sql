-- A period for which nobody has filed anything is not opened; what was expected is still missing.
-- Each duty of a scheme counts twice, for its scheme and for all: grouping sets would keep Postgres from reading only the
-- period that is asked for.
CREATE VIEW mart.discipline WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, r.period, r.dataset, coalesce(s.code, '_T') AS scheme,
       r.expected, r.received, r.on_time, r.in_grace, r.received - r.on_time - r.in_grace AS late,
       r.awaited, r.expected - r.received - r.awaited AS missing, r.empty, r.partial, r.zero
FROM core.area a
JOIN core.layer l USING (layer_id)
CROSS JOIN LATERAL (
    SELECT c.period, c.dataset, whole.scheme_id, sum(c.expected)::bigint AS expected,
           sum(c.received)::bigint AS received, sum(c.on_time)::bigint AS on_time, sum(c.in_grace)::bigint AS in_grace,
           sum(CASE WHEN c.grace_until >= t.is_on THEN c.expected - c.received ELSE 0 END)::bigint AS awaited,
           sum(c.empty)::bigint AS empty, sum(c.partial)::bigint AS partial, sum(c.zero)::bigint AS zero
    FROM core.today t
    CROSS JOIN (
        SELECT p.key AS period, r.dataset, r.scheme_id, d.grace_until,
               r.expected, r.received, r.on_time, r.in_grace, r.empty, r.partial, r.zero
        FROM core.reporting r
        JOIN core.period p USING (period_id)
        JOIN LATERAL core.duties_of(p.kind, p.starts_on, p.ends_on) d USING (dataset, scheme_id)
        WHERE r.area_id = a.area_id AND p.period_id IN (SELECT y.period_id FROM core.reporting_period y)
        UNION ALL
        SELECT d.period, d.dataset, d.scheme_id, d.grace_until,
               (SELECT count(*) FROM core.area b
                WHERE b.layer_id = d.layer_id AND b.tree_left BETWEEN a.tree_left AND a.tree_right
                  AND b.valid_from <= d.ends_on AND b.valid_to > d.ends_on), 0, 0, 0, 0, 0, 0
        FROM core.due_date d
        CROSS JOIN core.today t
        WHERE d.layer_id >= a.layer_id AND d.ends_on < t.is_on
          AND NOT EXISTS (SELECT FROM core.period p WHERE p.period_id = d.period_id)
          AND ((SELECT core.sees_all()) OR a.area_id IN (SELECT area_id FROM core.my_areas)
               AND ((SELECT core.my_administrator()) IS NULL OR d.scheme_id IN (SELECT scheme_id FROM core.my_schemes)))
    ) AS c
    CROSS JOIN LATERAL (SELECT 0 AS scheme_id UNION SELECT c.scheme_id) AS whole
    GROUP BY c.period, c.dataset, whole.scheme_id
    HAVING sum(c.expected) > 0
) AS r
LEFT JOIN core.scheme s ON s.scheme_id = r.scheme_id AND r.scheme_id > 0;
