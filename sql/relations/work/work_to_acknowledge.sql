-- To acknowledge: notices and grants that the session's area has not taken note of. Grain: notice, or allocation.
CREATE VIEW core.work_to_acknowledge WITH (security_invoker) AS
SELECT n.kind AS about, n.notice_id AS number, n.publisher_id AS area_id, n.titles, NULL::bigint AS amount, NULL AS period, n.published_at AS since
FROM core.my_office o
CROSS JOIN core.today t
JOIN core.notice n ON n.publisher_id <> o.area_id
JOIN core.area top ON top.area_id = n.area_id AND o.tree_left BETWEEN top.tree_left AND top.tree_right
WHERE 'draft' = ANY (o.actions) AND o.administrator IS NULL
  AND o.layer_id IN (SELECT layer_id FROM core.acknowledging_layer)
  AND NOT EXISTS (SELECT FROM core.acknowledgement k WHERE k.notice_id = n.notice_id AND k.area_id = o.area_id)
  AND NOT EXISTS (SELECT FROM core.notice newer
                  WHERE newer.number = n.number AND newer.version > n.version AND newer.valid_from <= t.is_on)
UNION ALL
SELECT 'grant', g.return_id, o.area_id, s.names, g.amount::bigint, p.key, g.known_from
FROM core.my_office o
JOIN core.present_allocation g ON g.area_id = o.area_id
JOIN core.scheme s USING (scheme_id)
JOIN core.period p USING (period_id)
WHERE 'draft' = ANY (o.actions) AND o.administrator IS NULL
  AND NOT EXISTS (SELECT FROM core.allocation_acknowledgement k WHERE k.return_id = g.return_id);
