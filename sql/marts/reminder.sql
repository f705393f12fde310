CREATE VIEW mart.reminder WITH (security_invoker) AS
SELECT r.reminder_id, o.name AS person, r.stage, r.dataset, s.code AS scheme, r.period, a.code AS area_code, r.due_on,
       r.owing, r.made_at, r.read_at, r.mail, r.attempts, r.tried_at
FROM core.reminder r
JOIN ledger.person o USING (person_id)
JOIN core.area a ON a.area_id = r.area_id
LEFT JOIN core.scheme s ON s.scheme_id = r.scheme_id AND r.scheme_id > 0;
