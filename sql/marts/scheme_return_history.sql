CREATE VIEW mart.scheme_return_history WITH (security_invoker) AS
SELECT a.code AS area_code, y.code AS area_level, s.code AS scheme, p.key AS period,
       l.sex::text AS sex, g.code AS age_group,
       CASE l.disability WHEN 'T' THEN '_T' ELSE l.disability::text END AS disability,
       l.beneficiaries, l.contributors, l.registered, l.new_enrolments, l.exits, l.amount_paid,
       l.applied, l.refused, l.waiting, l.paid_on_time, l.records_updated, l.accepted, l.first_paid,
       s.unit, CASE WHEN s.layer_id > a.layer_id THEN 'not_known' ELSE 'known' END AS place,
       r.partial, l.remainder, u.receipt, l.row_number, r.known_from, r.known_to, r.period_id
FROM core.return r
JOIN core.scheme_line l USING (period_id, return_id)
JOIN core.area a USING (area_id)
JOIN core.layer y USING (layer_id)
JOIN core.scheme s ON s.scheme_id = r.scheme_id
JOIN core.period p ON p.period_id = r.period_id
JOIN core.age_group g USING (age_group_id)
LEFT JOIN ledger.submission u USING (submission_id)  -- whoever sees a return need not see its file
WHERE r.dataset = 'scheme_returns';
