CREATE VIEW mart.beneficiary WITH (security_invoker) AS
SELECT p.key AS period, a.code AS area_code, l.code AS area_level, s.code AS scheme,
       b.pseudonym, b.key_version, b.sex::text AS sex, b.birth_year,
       CASE b.disability WHEN 'T' THEN '_T' ELSE b.disability::text END AS disability, b.amount_paid,
       u.receipt, b.row_number, r.known_from
FROM core.return r
CROSS JOIN LATERAL (SELECT * FROM core.listed_person l WHERE l.return_id = r.return_id OFFSET 0) AS b
JOIN core.scheme s ON s.scheme_id = r.scheme_id
JOIN core.area a USING (area_id)
JOIN core.layer l ON l.layer_id = a.layer_id
JOIN core.period p USING (period_id)
LEFT JOIN ledger.submission u USING (submission_id)
WHERE r.dataset = 'beneficiary_list' AND r.known_to = 'infinity';
