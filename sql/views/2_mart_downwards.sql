-- Notices, guidelines, scheme parameters and money on their way down, and who has acknowledged them.

CREATE VIEW mart.notice WITH (security_invoker) AS
SELECT n.notice_id, n.number, n.version, n.kind, by.code AS publisher_code, a.code AS area_code, l.code AS area_level,
       s.code AS scheme, n.titles, n.texts, n.benefit, n.benefit_per, n.valid_from, next.valid_from AS valid_until,
       CASE WHEN next.valid_from <= t.is_on THEN 'replaced' WHEN n.valid_from > t.is_on THEN 'coming'
            ELSE 'in_force' END AS state,
       n.everybody, n.published_at, n.person AS published_by
FROM core.notice n
CROSS JOIN core.today t
JOIN core.area by ON by.area_id = n.publisher_id
JOIN core.area a ON a.area_id = n.area_id
JOIN core.layer l ON l.layer_id = a.layer_id
LEFT JOIN core.scheme s ON s.scheme_id = n.scheme_id AND n.scheme_id > 0
LEFT JOIN LATERAL (  -- the day from which a later version holds
    SELECT min(newer.valid_from) AS valid_from
    FROM core.notice newer
    WHERE newer.number = n.number AND newer.version > n.version
) AS next ON true;

CREATE VIEW mart.acknowledgement WITH (security_invoker) AS
SELECT k.notice_id, a.code AS area_code, l.code AS area_level, k.acknowledged_at, k.person AS acknowledged_by
FROM core.acknowledgement k
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id);

-- Of each area in a notice's reach: how many there and below are asked, and how many have answered. Counted in the
-- list of columns, so that nothing is counted where it is not asked for.
CREATE VIEW mart.notice_reach WITH (security_invoker) AS
SELECT n.notice_id, a.code AS area_code, l.code AS area_level, p.code AS parent_code,
       (SELECT count(*) FROM core.area b
        WHERE b.tree_left BETWEEN a.tree_left AND a.tree_right AND b.valid_to = 'infinity' AND b.area_id <> n.publisher_id
          AND b.layer_id IN (SELECT layer_id FROM core.answering_layer)) AS asked,
       (SELECT count(*) FROM core.acknowledgement y
        JOIN core.area b USING (area_id)
        WHERE y.notice_id = n.notice_id AND b.tree_left BETWEEN a.tree_left AND a.tree_right AND b.valid_to = 'infinity'
          AND b.layer_id IN (SELECT layer_id FROM core.answering_layer)) AS acknowledged,
       k.acknowledged_at, k.person AS acknowledged_by,
       a.area_id <> n.publisher_id AND a.layer_id IN (SELECT layer_id FROM core.answering_layer) AS asked_itself
FROM core.notice n
JOIN core.area top ON top.area_id = n.area_id
JOIN core.area a ON a.tree_left BETWEEN top.tree_left AND top.tree_right AND a.valid_to = 'infinity'
JOIN core.layer l ON l.layer_id = a.layer_id
LEFT JOIN core.area p ON p.area_id = a.parent_id
LEFT JOIN core.acknowledgement k ON k.notice_id = n.notice_id AND k.area_id = a.area_id
WHERE (SELECT core.sees_all()) OR a.area_id IN (SELECT area_id FROM core.my_scope);

CREATE VIEW mart.allocation_answer WITH (security_invoker) AS
SELECT g.return_id AS allocation, p.key AS period, a.code AS area_code, l.code AS area_level, s.code AS scheme, g.amount,
       g.known_from AS granted_at, k.acknowledged_at, k.person AS acknowledged_by
FROM core.granted g
JOIN core.period p USING (period_id)
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
JOIN core.scheme s USING (scheme_id)
LEFT JOIN core.allocation_acknowledgement k ON k.return_id = g.return_id;

-- What was granted against what was paid in the same areas: where an area and one below it both have a grant, the one
-- above holds the other.
CREATE VIEW mart.absorption WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, p.key AS period, s.code AS scheme, x.grants, x.acknowledged,
       x.allocated, x.paid, x.paid / nullif(x.allocated, 0) AS absorption, x.expected, x.received,
       x.received::double precision / nullif(x.expected, 0) AS completeness
FROM core.area a
JOIN core.layer l USING (layer_id)
CROSS JOIN LATERAL (
    SELECT g.period_id, g.scheme_id, count(*) AS grants, count(k.return_id) AS acknowledged, sum(g.amount) AS allocated,
           sum(spent.paid) AS paid, sum(came.expected)::bigint AS expected,
           sum(came.received)::bigint AS received
    FROM core.granted g
    JOIN core.area own ON own.area_id = g.area_id
    JOIN core.scheme s ON s.scheme_id = g.scheme_id
    LEFT JOIN core.allocation_acknowledgement k ON k.return_id = g.return_id
    CROSS JOIN LATERAL (  -- a yearly grant is spent in the months of its year
        SELECT sum(c.paid) AS paid
        FROM (
            SELECT c.amount_paid AS paid
            FROM core.scheme_total c
            WHERE c.area_id = g.area_id AND c.scheme_id = g.scheme_id
              AND (c.period_id = g.period_id
                   OR g.period_id % 1000 = 0 AND c.period_id BETWEEN g.period_id + 101 AND g.period_id + 112)
            UNION ALL  -- the lowest layer's compilation is its returns
            SELECT m.amount_paid
            FROM core.return r
            JOIN core.scheme_line m USING (period_id, return_id)
            WHERE r.area_id = g.area_id AND r.scheme_id = g.scheme_id AND r.dataset = 'scheme_returns'
              AND r.known_to = 'infinity' AND own.layer_id = (SELECT max(layer_id) FROM core.layer)
              AND (r.period_id = g.period_id
                   OR g.period_id % 1000 = 0 AND r.period_id BETWEEN g.period_id + 101 AND g.period_id + 112)
        ) AS c
    ) AS spent
    CROSS JOIN LATERAL (
        SELECT sum(r.expected) AS expected, sum(r.received) AS received
        FROM core.reporting r
        WHERE r.area_id = g.area_id AND r.scheme_id = g.scheme_id AND r.dataset = 'scheme_returns'
          AND (r.period_id = g.period_id
               OR g.period_id % 1000 = 0 AND r.period_id BETWEEN g.period_id + 101 AND g.period_id + 112)
    ) AS came
    WHERE g.tree_left BETWEEN a.tree_left AND a.tree_right
      AND NOT EXISTS (
          SELECT FROM core.granted o
          JOIN core.area above ON above.area_id = o.area_id
          WHERE o.period_id = g.period_id AND o.scheme_id = g.scheme_id AND o.area_id <> g.area_id
            AND o.tree_left BETWEEN a.tree_left AND a.tree_right AND g.tree_left BETWEEN above.tree_left AND above.tree_right)
    GROUP BY g.period_id, g.scheme_id
) AS x
JOIN core.period p USING (period_id)
JOIN core.scheme s USING (scheme_id);
