CREATE VIEW mart.target WITH (security_invoker) AS
SELECT i.code AS indicator, a.code AS area_code, l.code AS area_level, r.period_id / 1000 AS year,
       CASE t.sex WHEN 'T' THEN '_T' ELSE t.sex::text END AS sex, t.kind, t.value, t.cost, t.responsible,
       u.receipt, t.row_number, r.known_from
FROM core.return r
JOIN core.target_line t USING (return_id)
JOIN core.indicator i ON i.indicator_id = r.indicator_id
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
LEFT JOIN ledger.submission u USING (submission_id)
WHERE r.dataset = 'targets' AND r.known_to = 'infinity';
