-- To mend: files of the session's office that wait for a word, could not be read, or have rejected rows that nothing stands for.
-- A row is mended when a later file of its return stands; one that names no return that there is, and a file that could not
-- be read, when the sender's next file was taken in. Grain: submission.
CREATE VIEW core.work_to_mend WITH (security_invoker) AS
SELECT s.receipt, s.filename, s.dataset, coalesce(nullif(s.state, 'loaded'), s.outcome) AS state,
       coalesce(s.rows_rejected, 0)::bigint AS n, coalesce(s.finished_at, s.received_at) AS since, s.from_area_id AS area_id
FROM core.my_office o
JOIN ledger.submission s
    ON s.person_id = o.person_id
    OR s.person_id IS NOT NULL AND s.from_area_id = o.area_id AND s.from_administrator IS NOT DISTINCT FROM o.administrator
       AND s.dataset IS NOT NULL AND core.files(s.dataset)
LEFT JOIN LATERAL (
    SELECT bool_or(n.outcome <> 'unreadable') AS read, bool_or(n.outcome = 'accepted' AND n.dataset = s.dataset) AS accepted
    FROM ledger.submission n
    WHERE n.person_id = s.person_id AND n.turn > s.turn
) AS later ON true
WHERE s.received_at > now() - interval '90 days'
  AND CASE
      WHEN s.state = 'held' THEN true
      WHEN s.state = 'unreadable' THEN later.read IS NOT TRUE
      WHEN s.state IN ('loaded', 'rejected') AND s.outcome <> 'accepted' THEN EXISTS (
          SELECT
          FROM ledger.rejected_row j
          LEFT JOIN core.period p ON p.key = coalesce(j.cells ->> 'period', j.cells ->> 'week', j.cells ->> 'year')
          LEFT JOIN core.area a ON a.code = j.cells ->> 'area_code' AND a.valid_from <= p.ends_on AND a.valid_to > p.ends_on
          LEFT JOIN core.scheme c ON c.code = coalesce(j.cells ->> 'scheme', '')
          WHERE j.submission_id = s.submission_id AND j.verdict = s.verdicts
            AND CASE
                WHEN a.area_id IS NULL OR c.scheme_id IS NULL AND j.cells ? 'scheme' THEN later.accepted IS NOT TRUE
                ELSE NOT EXISTS (
                    SELECT FROM core.return r
                    WHERE r.area_id = a.area_id AND r.period_id = p.period_id AND r.dataset = s.dataset
                      AND r.scheme_id = coalesce(c.scheme_id, 0)
                      AND r.known_to = 'infinity' AND r.known_from > s.finished_at) END)
      ELSE false END;
