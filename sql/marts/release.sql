CREATE VIEW mart.release WITH (security_invoker) AS
SELECT r.code AS release, p.key AS period, r.state::text AS state, r.version, r.as_known_at, former.code AS former,
       restated.code AS restates, r.note, r.quorum, core.quorum_missing(r.release_id) AS quorum_missing,
       core.open_checks(r.release_id) AS open_checks, r.content_hash, r.drafted_at,
       (SELECT max(d.decided_at) FROM core.release_decision d
        WHERE d.release_id = r.release_id AND d.act = 'released') AS released_at,
       (SELECT max(d.decided_at) FROM core.release_decision d
        WHERE d.release_id = r.release_id AND d.act IN ('superseded', 'withdrawn')) AS ended_at,
       (SELECT d.reason FROM core.release_decision d
        WHERE d.release_id = r.release_id AND d.act IN ('superseded', 'withdrawn')
        ORDER BY d.decision_id DESC LIMIT 1) AS ended_because,
       standing.code AS stands_now, r.concealed
FROM core.release r
JOIN core.period p USING (period_id)
LEFT JOIN core.release former ON former.release_id = r.former_id
LEFT JOIN core.release restated ON restated.release_id = r.restates_id
LEFT JOIN core.release standing ON standing.period_id = r.period_id AND standing.state = 'released';
