CREATE VIEW mart.account WITH (security_invoker) AS
SELECT p.name, p.role, a.code AS area_code, l.code AS area_level, p.administrator, p.email, p.language, p.active,
       p.must_change, p.login, p.created_at
FROM ledger.person p
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id);
