CREATE VIEW mart.me WITH (security_invoker) AS
SELECT p.name AS person, m.role, m.area_code, l.code AS area_level, m.administrator, p.language, m.sees, m.actions
FROM core.current_grants() m
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
LEFT JOIN ledger.person p ON p.person_id = m.person_id;
