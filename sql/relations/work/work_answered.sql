-- Answered: what the session's area asked of those above it and has an answer now, and answers to the reader's own remarks, until
-- the reader has read them. Grain: item, or remark.
CREATE VIEW core.work_answered WITH (security_invoker) AS
SELECT i.kind AS about, i.item_id AS number, answer.from_id AS area_id, NULL AS dataset, NULL AS period, i.text,
       answer.reason AS answer, answer.at AS since
FROM core.my_office o
JOIN core.item i ON i.origin_id = o.area_id
CROSS JOIN LATERAL (
    SELECT s.from_id, s.reason, s.at
    FROM core.item_step s
    WHERE s.item_id = i.item_id AND s.action IN ('answered', 'settled')
    ORDER BY s.item_step_id DESC
    LIMIT 1
) AS answer
WHERE i.state <> 'open' AND answer.from_id <> o.area_id AND o.actions && ARRAY['draft', 'settle'] AND o.administrator IS NULL
  AND NOT EXISTS (SELECT FROM core.answer_read k WHERE k.item_id = i.item_id AND k.person_id = o.person_id AND k.read_at >= answer.at)
UNION ALL
SELECT 'remark', c.comment_id, c.child_id, c.dataset, p.key, c.text, answer.text, answer.written_at
FROM core.my_office o
JOIN core.comment c ON c.person_id = o.person_id AND c.answers IS NULL
JOIN core.period p USING (period_id)
CROSS JOIN LATERAL (
    SELECT a.text, a.written_at
    FROM core.comment a
    WHERE a.answers = c.comment_id AND a.person_id IS DISTINCT FROM o.person_id
    ORDER BY a.comment_id DESC
    LIMIT 1
) AS answer
WHERE NOT EXISTS (SELECT FROM core.answer_read k
                  WHERE k.comment_id = c.comment_id AND k.person_id = o.person_id AND k.read_at >= answer.written_at);
