CREATE VIEW mart.review WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, r.dataset, p.key AS period, r.state::text AS state, r.acted_by, r.acted_at,
       r.as_known_at, r.reason, r.review_id, r.act::text AS act, r.office, r.moved, cause.code AS cause_code, r.receipts,
       r.causes
FROM core.review r
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
JOIN core.period p USING (period_id)
LEFT JOIN core.area cause ON cause.area_id = r.cause_id;
