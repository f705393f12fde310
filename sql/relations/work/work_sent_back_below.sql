-- Compilations that came back to areas below the session's own for which nobody writes: whoever works for the own area mends
-- them, but for the one who sent them back. Grain: area, dataset, period.
CREATE VIEW core.work_sent_back_below WITH (security_invoker) AS
SELECT a.area_id, c.dataset, p.key AS period, c.since, act.reason, act.acted_by
FROM core.my_office o
JOIN core.compilation c ON c.state = 'returned'
JOIN core.area a ON a.area_id = c.area_id AND a.tree_left > o.tree_left AND a.tree_left <= o.tree_right
JOIN core.period p USING (period_id)
CROSS JOIN LATERAL (
    SELECT v.reason, v.acted_by, v.person_id
    FROM core.review v
    WHERE v.area_id = c.area_id AND v.dataset = c.dataset AND v.period_id = c.period_id AND v.act = 'returned'
    ORDER BY v.review_id DESC
    LIMIT 1
) AS act
WHERE o.administrator IS NULL AND o.actions && ARRAY['submit', 'draft'] AND act.person_id IS DISTINCT FROM o.person_id
  AND NOT EXISTS (SELECT FROM core.office_below b WHERE a.tree_left BETWEEN b.tree_left AND b.tree_right);
