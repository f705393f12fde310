CREATE VIEW mart.endorsement WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, e.dataset, p.key AS period, e.as_known_at, e.ended_at,
       e.fingerprint, e.totals,
       (SELECT array_agg(g.person ORDER BY g.signature_id) FROM core.signature g
        WHERE g.endorsement_id = e.endorsement_id) AS signed_by
FROM core.endorsement e
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
JOIN core.period p USING (period_id);
