-- Reminders that are due on :day and were not made before. Who answers for an area is whoever writes for it; where
-- nobody does, those of the nearest area above. The layer above hears of what is still owed after a while, and those
-- who run a scheme hear of their own in the whole of their area.
INSERT INTO core.reminder (person_id, stage, dataset, scheme_id, period, area_id, due_on, owing, mail)
WITH RECURSIVE setting AS (
    SELECT CAST(:day AS date) AS is_on, CAST(:before AS integer) AS before, CAST(:after AS integer) AS after,
           CAST(:escalate AS integer) AS escalate
),
writer AS (
    SELECT p.person_id, p.area_id, p.administrator, p.email
    FROM ledger.person p
    JOIN core.role r ON r.code = p.role
    WHERE p.active AND r.actions && ARRAY['submit', 'draft'] AND (NOT r.of_administrator OR p.administrator IS NOT NULL)
),
writer_area AS (
    SELECT area_id FROM core.writing_areas()
),
responsible AS (  -- for each area: whose people answer for it, and whose are next above those
    SELECT a.area_id, h.area_id AS writer_area_id, NULL::integer AS above_id
    FROM core.area a
    LEFT JOIN writer_area h USING (area_id)
    WHERE a.parent_id IS NULL
    UNION ALL
    SELECT a.area_id, coalesce(h.area_id, up.writer_area_id),
           CASE WHEN h.area_id IS NULL THEN up.above_id ELSE up.writer_area_id END
    FROM responsible up
    JOIN core.area a ON a.parent_id = up.area_id
    LEFT JOIN writer_area h ON h.area_id = a.area_id
),
due_stage AS (  -- a stage that was missed is made up for within a month
    SELECT d.*, w.stage
    FROM core.due_date d
    CROSS JOIN setting s
    CROSS JOIN LATERAL (VALUES
        ('before', d.due_on - s.before, d.due_on),
        ('after', d.due_on + s.after, d.due_on + s.escalate + 30),
        ('escalated', d.due_on + s.escalate, d.due_on + s.escalate + 30)
    ) AS w (stage, first_on, last_on)
    WHERE s.is_on BETWEEN w.first_on AND w.last_on
),
outstanding AS (
    SELECT p.dataset, p.scheme_id, p.period, p.due_on, p.stage, a.area_id, a.tree_left
    FROM due_stage p
    JOIN core.area a ON a.layer_id = p.layer_id AND a.valid_from <= p.ends_on AND a.valid_to > p.ends_on
    WHERE NOT EXISTS (
        SELECT FROM core.return r
        WHERE r.area_id = a.area_id AND r.period_id = p.period_id AND r.scheme_id = p.scheme_id AND r.dataset = p.dataset
          AND r.administrator_id = 0 AND r.known_to = 'infinity')
),
recipient AS (
    SELECT w.person_id, w.email, o.stage, o.dataset, o.scheme_id, o.period, o.due_on, n.writer_area_id AS area_id
    FROM outstanding o
    JOIN responsible n USING (area_id)
    JOIN writer w ON w.administrator IS NULL
        AND w.area_id = CASE o.stage WHEN 'escalated' THEN n.above_id ELSE n.writer_area_id END
    UNION ALL
    SELECT w.person_id, w.email, o.stage, o.dataset, o.scheme_id, o.period, o.due_on, w.area_id
    FROM outstanding o
    JOIN core.scheme s ON s.scheme_id = o.scheme_id AND s.scheme_id > 0
    JOIN writer w ON w.administrator = s.administrator_code
    JOIN core.area own ON own.area_id = w.area_id AND o.tree_left BETWEEN own.tree_left AND own.tree_right
    WHERE o.stage <> 'escalated'
)
SELECT person_id, stage, dataset, scheme_id, period, area_id, due_on, count(*),
       CASE WHEN :mails AND email IS NOT NULL THEN 'waiting' ELSE 'none' END
FROM recipient
GROUP BY person_id, email, stage, dataset, scheme_id, period, area_id, due_on
ON CONFLICT DO NOTHING
RETURNING person_id;
