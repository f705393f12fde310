CREATE VIEW mart.control_total WITH (security_invoker) AS
SELECT p.key AS period, a.code AS area_code, l.code AS area_level, s.code AS scheme,
       CASE m.sex WHEN 'T' THEN '_T' ELSE m.sex::text END AS sex, m.beneficiaries AS published, c.beneficiaries AS compiled,
       m.beneficiaries - c.beneficiaries AS difference, m.amount_paid AS amount_published, c.amount_paid AS amount_compiled,
       m.amount_paid - c.amount_paid AS amount_difference, u.receipt, m.row_number, r.known_from
FROM core.return r
JOIN core.control_line m USING (return_id)
JOIN core.scheme s ON s.scheme_id = r.scheme_id
JOIN core.area a USING (area_id)
JOIN core.layer l ON l.layer_id = a.layer_id
JOIN core.period p USING (period_id)
LEFT JOIN ledger.submission u USING (submission_id)
CROSS JOIN LATERAL (
    SELECT sum(c.beneficiaries)::bigint AS beneficiaries, sum(c.amount_paid) AS amount_paid
    FROM core.compiled_line c
    WHERE c.period_id = r.period_id AND c.area_id = r.area_id AND c.scheme_id = r.scheme_id AND m.sex IN ('T', c.sex)
) AS c
WHERE r.dataset = 'control_totals' AND r.known_to = 'infinity';
