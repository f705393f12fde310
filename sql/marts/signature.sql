CREATE VIEW mart.signature WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, g.dataset, p.key AS period, g.office, g.person, g.signed_at,
       g.ended_at, g.fingerprint, g.endorsement_id IS NOT NULL AS complete
FROM core.signature g
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
JOIN core.period p USING (period_id);
