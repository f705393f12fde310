-- The returns of one submission that are to stand no more, those of a period, an area, a scheme (or indicator) where named.
-- The locks of loading first: a committee that signs holds them, so that no return ends before a moment that is signed.
SELECT core.take_lock('returns ' || dataset || ' ' || period_id)
FROM (
    SELECT DISTINCT dataset, period_id FROM core.return
    WHERE submission_id = :submission_id AND known_to = 'infinity'
    ORDER BY period_id, dataset
) AS returns;

CREATE TEMP TABLE withdrawn ON COMMIT DROP AS
SELECT r.return_id, r.period_id, r.area_id, r.dataset, p.key, a.layer_id
FROM core.return r
JOIN core.period p USING (period_id)
JOIN core.area a USING (area_id)
LEFT JOIN core.scheme s ON s.scheme_id = r.scheme_id AND r.scheme_id > 0
LEFT JOIN core.indicator i USING (indicator_id)
WHERE r.submission_id = :submission_id
  AND r.known_to = 'infinity'
  AND NOT r.from_list  -- these follow their lists
  AND (CAST(:period AS text) IS NULL OR p.key = :period)
  AND (CAST(:area AS text) IS NULL OR a.code = :area)
  AND (CAST(:about AS text) IS NULL OR coalesce(s.code, i.code) = :about)
  AND (CAST(:left_out_of AS text) IS NULL OR r.return_id IN (
      SELECT l.return_id
      FROM ledger.left_out_return l
      JOIN ledger.submission n ON n.submission_id = l.submission_id AND n.verdicts = l.verdict
      WHERE n.receipt = :left_out_of AND n.state = 'loaded'));
GRANT SELECT ON withdrawn TO sala_loader;

INSERT INTO core.compile_queue (period_id, stage, area_id)
SELECT DISTINCT w.period_id, w.layer_id, w.area_id
FROM withdrawn w
WHERE w.dataset IN ('scheme_returns', 'beneficiary_list', 'flash_reports', 'flash_items', 'grievances')
UNION ALL
SELECT DISTINCT w.period_id, -1, above.area_id  -- grants compile nothing (sql/load/enqueue_grants.sql)
FROM withdrawn w
JOIN core.period p ON p.period_id = w.period_id AND p.published_at IS NOT NULL
JOIN core.area a ON a.area_id = w.area_id
JOIN core.area above ON a.tree_left BETWEEN above.tree_left AND above.tree_right
WHERE w.dataset = 'allocations'
  AND EXISTS (SELECT FROM core.indicator_sum WHERE numerator IN ('spent', 'allocated'));

INSERT INTO ledger.withdrawal (submission_id, withdrawn_by, withdrawn_at, because, returns, whole)
SELECT :submission_id, :withdrawn_by, clock_timestamp(), :because, count(*), :whole
FROM withdrawn
HAVING :whole OR count(*) > 0
RETURNING withdrawal_id, withdrawn_at, returns;
