CREATE VIEW mart.release_decision WITH (security_invoker) AS
SELECT r.code AS release, d.decision_id, d.act::text AS act, d.about, d.person, d.office, d.decided_at, d.reason
FROM core.release_decision d
JOIN core.release r USING (release_id);
