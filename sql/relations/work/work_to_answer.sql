-- To answer: items that the session's area holds, for those who may settle them, and remarks of the committee above about the
-- area, until somebody answers or the committee signs. Grain: item, or remark.
CREATE VIEW core.work_to_answer WITH (security_invoker) AS
SELECT i.kind AS about, i.item_id AS number, i.origin_id AS area_id, NULL AS dataset, NULL AS period, i.text, i.moved_at AS since, i.due
FROM core.my_office o
JOIN core.item i ON i.holder_id = o.area_id
WHERE i.state = 'open' AND 'settle' = ANY (o.actions) AND o.administrator IS NULL
  AND NOT EXISTS (SELECT FROM core.item whole WHERE whole.item_id = i.part_of AND whole.state = 'open')
UNION ALL
SELECT 'remark', c.comment_id, c.area_id, c.dataset, p.key, c.text, c.written_at, NULL
FROM core.my_office o
JOIN core.comment c ON c.child_id = o.area_id AND c.area_id <> c.child_id
JOIN core.period p USING (period_id)
WHERE c.answers IS NULL AND o.actions && ARRAY['submit', 'draft'] AND o.administrator IS NULL
  AND NOT EXISTS (SELECT FROM core.comment answer WHERE answer.answers = c.comment_id)
  AND NOT EXISTS (SELECT FROM core.compilation k
                  WHERE k.period_id = c.period_id AND k.dataset = c.dataset AND k.area_id = c.area_id AND k.state = 'endorsed');
