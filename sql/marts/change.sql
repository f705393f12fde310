-- What corrections and withdrawals moved: at the return's own area, and at every area above it. Totals before and
-- after are those of the whole area at that moment; who does not see all of an area sees only by how much it moved.
-- Returns that came with a correction and take no other's place are a row of their own, which goes on from the
-- correction's, so that each row adds up.
CREATE VIEW mart.change WITH (security_invoker) AS
SELECT u.receipt, CASE WHEN up.is_new THEN 'new' WHEN up.withdrawal_id IS NULL THEN 'correction' ELSE 'withdrawal' END AS kind,
       coalesce(w.withdrawn_by, u.submitted_by) AS by,
       coalesce(w.because, u.because,
                (SELECT string_agg(c.comment, ' · ' ORDER BY c.confirmation_id) FROM ledger.confirmation c
                 WHERE c.submission_id = u.submission_id AND c.comment IS NOT NULL)) AS why,
       up.at, up.dataset, p.key AS period, s.code AS scheme, a.code AS area_code, l.code AS area_level, up.own,
       CASE WHEN up.is_new THEN total.after - up.difference ELSE total.before END AS before,
       CASE WHEN up.is_new THEN total.after ELSE total.before + up.difference END AS after, up.difference
FROM ledger.submission u
CROSS JOIN LATERAL (  -- file by file, so that asking for one reads no other
    WITH replaced AS (
        SELECT r.submission_id, NULL::integer AS withdrawal_id, r.known_from AS at, r.dataset, r.period_id, r.scheme_id,
               r.indicator_id, r.administrator_id, r.area_id, coalesce(r.total, 0) - coalesce(p.total, 0) AS difference
        FROM core.return r
        JOIN core.return p
            ON (p.area_id, p.period_id, p.dataset, p.scheme_id, p.indicator_id, p.administrator_id)
               = (r.area_id, r.period_id, r.dataset, r.scheme_id, r.indicator_id, r.administrator_id)
            AND p.known_to = r.known_from AND p.known_to < 'infinity'  -- of which there is an index
        WHERE r.submission_id = u.submission_id
        UNION ALL
        SELECT r.submission_id, r.withdrawal_id, r.known_to, r.dataset, r.period_id, r.scheme_id, r.indicator_id,
               r.administrator_id, r.area_id, -coalesce(r.total, 0)
        FROM core.return r
        WHERE r.submission_id = u.submission_id AND r.withdrawal_id IS NOT NULL
    ),
    moved AS (
        SELECT *, false AS is_new FROM replaced
        UNION ALL
        SELECT r.submission_id, NULL, r.known_from, r.dataset, r.period_id, r.scheme_id, r.indicator_id, r.administrator_id,
               r.area_id, coalesce(r.total, 0), true
        FROM (SELECT DISTINCT c.submission_id, c.at, c.dataset, c.period_id, c.scheme_id, c.indicator_id, c.administrator_id
              FROM replaced c WHERE c.withdrawal_id IS NULL) AS with_it
        JOIN core.return r
            ON (r.submission_id, r.known_from, r.dataset, r.period_id, r.scheme_id, r.indicator_id, r.administrator_id)
               = (with_it.submission_id, with_it.at, with_it.dataset, with_it.period_id, with_it.scheme_id,
                  with_it.indicator_id, with_it.administrator_id)
        WHERE NOT EXISTS (
            SELECT FROM core.return p
            WHERE (p.area_id, p.period_id, p.dataset, p.scheme_id, p.indicator_id, p.administrator_id)
                  = (r.area_id, r.period_id, r.dataset, r.scheme_id, r.indicator_id, r.administrator_id)
              AND p.known_to = r.known_from AND p.known_to < 'infinity')
    ),
    up AS (
        SELECT m.submission_id, m.withdrawal_id, m.at, m.dataset, m.period_id, m.scheme_id, m.indicator_id,
               m.administrator_id, m.is_new, above.area_id,
               bool_or(above.area_id = m.area_id) AS own, sum(m.difference) AS difference
        FROM moved m
        JOIN core.area a USING (area_id)
        JOIN core.area above ON a.tree_left BETWEEN above.tree_left AND above.tree_right
        GROUP BY m.submission_id, m.withdrawal_id, m.at, m.dataset, m.period_id, m.scheme_id, m.indicator_id,
               m.administrator_id, m.is_new, above.area_id
    )
    SELECT * FROM up OFFSET 0
) AS up
JOIN core.period p USING (period_id)
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
LEFT JOIN core.scheme s ON s.scheme_id = up.scheme_id AND up.scheme_id > 0
LEFT JOIN ledger.withdrawal w ON w.withdrawal_id = up.withdrawal_id
LEFT JOIN LATERAL (
    SELECT coalesce(sum(r.total) FILTER (WHERE r.known_from < up.at AND r.known_to >= up.at), 0) AS before,
           coalesce(sum(r.total) FILTER (WHERE r.known_from <= up.at AND r.known_to > up.at), 0) AS after
    FROM core.area d
    JOIN core.return r ON r.area_id = d.area_id
    WHERE d.tree_left BETWEEN a.tree_left AND a.tree_right
      AND (r.period_id, r.dataset, r.scheme_id, r.indicator_id, r.administrator_id)
          = (up.period_id, up.dataset, up.scheme_id, up.indicator_id, up.administrator_id)
) AS total ON (SELECT core.sees_all()) OR up.area_id IN (SELECT area_id FROM core.my_areas);
