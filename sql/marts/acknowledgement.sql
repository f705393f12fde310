CREATE VIEW mart.acknowledgement WITH (security_invoker) AS
SELECT k.notice_id, a.code AS area_code, l.code AS area_level, k.acknowledged_at, k.person AS acknowledged_by
FROM core.acknowledgement k
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id);
