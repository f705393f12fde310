CREATE VIEW mart.release_check WITH (security_invoker) AS
SELECT r.code AS release, c.name, c.clear, c.detail,
       d.person AS answered_by, d.decided_at AS answered_at, d.reason AS answer
FROM core.release_check c
JOIN core.release r USING (release_id)
LEFT JOIN LATERAL (
    SELECT * FROM core.release_decision d
    WHERE d.release_id = c.release_id AND d.act = 'answered' AND d.about = c.name
    ORDER BY d.decision_id DESC LIMIT 1
) AS d ON true;
