CREATE VIEW mart.list_adjustment WITH (security_invoker) AS
SELECT p.key AS period, a.code AS area_code, l.code AS area_level, s.code AS scheme, o.code AS other_area_code, c.persons,
       coalesce(d.decided_by, 'rule') AS decided_by, d.decided_at, d.because
FROM core.list_adjustment c
JOIN core.period p USING (period_id)
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
JOIN core.area o ON o.area_id = c.other_id
JOIN core.scheme s USING (scheme_id)
LEFT JOIN core.residence_decision d USING (decision_id);
