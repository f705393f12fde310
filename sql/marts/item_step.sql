CREATE VIEW mart.item_step WITH (security_invoker) AS
SELECT s.item_id, s.item_step_id AS step, s.at, s.action, f.code AS from_code, f.names AS from_names,
       t.code AS holder_code, t.names AS holder_names, s.person, s.reason
FROM core.item_step s
JOIN core.area t ON t.area_id = s.to_id
LEFT JOIN core.area f ON f.area_id = s.from_id;
