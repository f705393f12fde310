CREATE VIEW mart.flash_item WITH (security_invoker) AS
SELECT i.item_id, a.code AS area_code, l.code AS area_level, p.key AS week, i.kind, i.text,
       n.code AS needs_layer, i.due, u.receipt, i.row_number, r.known_from,
       m.code AS administrator, i.origin, i.sources, i.stays_because,
       i.stays_because IS NULL AND (
           SELECT count(*) FROM core.flash_item before
           WHERE before.return_id = i.return_id AND before.kind = i.kind AND before.stays_because IS NULL
             AND before.row_number < i.row_number
       ) < coalesce((SELECT (c.definition #>> '{calendar,flash_reports,items_per_list}')::integer FROM core.country c),
                    2147483647) AS sent,
       (SELECT s.item_id FROM core.item_mention s
        WHERE s.area_id = r.area_id AND s.period_id = r.period_id AND s.administrator_id = r.administrator_id
          AND s.kind = i.kind AND s.text_digest = md5(lower(btrim(i.text)))) AS travels_as
FROM core.flash_item i
JOIN core.return r USING (return_id)
JOIN core.area a USING (area_id)
JOIN core.layer l ON l.layer_id = a.layer_id
JOIN core.period p USING (period_id)
LEFT JOIN ledger.submission u USING (submission_id)
LEFT JOIN core.layer n ON n.layer_id = i.needs_layer_id
LEFT JOIN core.administrator m ON m.administrator_id = r.administrator_id
WHERE r.known_to = 'infinity' AND r.dataset = 'flash_items';
