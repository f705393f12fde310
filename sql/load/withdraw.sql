-- Returns of one submission stand no more. Gives the period of each.
-- The locks of loading first: a committee that signs holds them, so that no return ends before a moment that is signed.
SELECT core.take_lock('returns ' || dataset || ' ' || period_id)
FROM (
    SELECT DISTINCT dataset, period_id FROM core.return
    WHERE submission_id = :submission_id AND known_to = 'infinity'
    ORDER BY period_id, dataset
) AS returns;

WITH selected AS (
    SELECT r.return_id, r.period_id, r.area_id, r.dataset, p.key
    FROM core.return r
    JOIN core.period p USING (period_id)
    JOIN core.area a USING (area_id)
    LEFT JOIN core.scheme s ON s.scheme_id = r.scheme_id AND r.scheme_id > 0
    LEFT JOIN core.indicator i USING (indicator_id)
    WHERE r.submission_id = :submission_id
      AND r.known_to = 'infinity'
      AND (CAST(:period AS text) IS NULL OR p.key = :period)
      AND (CAST(:area AS text) IS NULL OR a.code = :area)
      AND (CAST(:about AS text) IS NULL OR coalesce(s.code, i.code) = :about)
),
moment AS MATERIALIZED (SELECT clock_timestamp() AS now),
withdrawal AS (
    INSERT INTO ledger.withdrawal (submission_id, withdrawn_by, withdrawn_at, because, returns, whole)
    SELECT :submission_id, :withdrawn_by, now, :because, (SELECT count(*) FROM selected), :whole
    FROM moment
    WHERE :whole OR EXISTS (SELECT FROM selected)
    RETURNING withdrawal_id, withdrawn_at
),
closed AS (
    UPDATE core.return r
    SET known_to = w.withdrawn_at, withdrawal_id = w.withdrawal_id
    FROM selected s, withdrawal w
    WHERE r.return_id = s.return_id
    RETURNING r.return_id
),
queued AS (
    INSERT INTO core.compile_queue
    SELECT DISTINCT s.period_id, a.layer_id, s.area_id
    FROM selected s
    JOIN core.area a USING (area_id)
    WHERE s.dataset IN ('scheme_returns', 'flash_reports', 'flash_items', 'grievances')
)
SELECT s.key FROM selected s JOIN closed USING (return_id);
