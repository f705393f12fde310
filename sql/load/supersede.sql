-- A newer return replaces the whole older one, which stays readable up to now. Which of two is newer, the turns of their
-- files say, and not the order in which they are worked on. These do not replace: one with a rejected line where a whole
-- one stands; one that arrived before the one that stands, unless it is whole and the other is not; one of a file that
-- is tried again, as long as it brings no line that does not stand already.
--
-- Whichever stands is as early as the first that came.
UPDATE core.return r
SET received_at = i.received_at
FROM incoming i, ledger.submission s, ledger.submission own
WHERE r.known_to = 'infinity'
  AND r.dataset = :dataset
  AND (r.area_id, r.period_id, r.scheme_id, r.indicator_id, r.administrator_id)
      = (i.area_id, i.period_id, i.scheme_id, i.indicator_id, i.administrator_id)
  AND s.submission_id = r.submission_id
  AND own.submission_id = :submission_id
  AND s.turn > own.turn
  AND i.received_at < r.received_at;

DELETE FROM incoming i
USING core.return r
JOIN ledger.submission s USING (submission_id)
WHERE r.known_to = 'infinity'
  AND r.dataset = :dataset
  AND (r.area_id, r.period_id, r.scheme_id, r.indicator_id, r.administrator_id)
      = (i.area_id, i.period_id, i.scheme_id, i.indicator_id, i.administrator_id)
  AND ((NOT r.partial, s.turn)
           > (NOT i.partial, (SELECT turn FROM ledger.submission WHERE submission_id = :submission_id))
       OR r.submission_id = :submission_id AND r.lines = i.lines AND r.partial = i.partial);

-- Nor does one that was withdrawn, until its file has been handed in anew.
DELETE FROM incoming i
USING core.return r, ledger.submission s
WHERE r.submission_id = :submission_id
  AND s.submission_id = :submission_id
  AND r.withdrawal_id IS NOT NULL
  AND r.known_to > coalesce(s.handed_in_at, s.received_at)
  AND (r.area_id, r.period_id, r.scheme_id, r.indicator_id, r.administrator_id)
      = (i.area_id, i.period_id, i.scheme_id, i.indicator_id, i.administrator_id);

UPDATE core.return r
SET known_to = :now
FROM incoming i
WHERE r.known_to = 'infinity'
  AND r.dataset = :dataset
  AND (r.area_id, r.period_id, r.scheme_id, r.indicator_id, r.administrator_id)
      = (i.area_id, i.period_id, i.scheme_id, i.indicator_id, i.administrator_id);

INSERT INTO core.return
    (return_id, dataset, period_id, area_id, scheme_id, indicator_id, administrator_id, submission_id,
     received_at, known_from, partial, zero,
     lines, total, mark)
SELECT i.return_id, :dataset, i.period_id, i.area_id, i.scheme_id, i.indicator_id, i.administrator_id, :submission_id,
       coalesce(r.received_at, i.received_at),  -- a correction is as early as what it corrects
       :now, i.partial, i.zero, i.lines, i.total, i.mark
FROM incoming i
LEFT JOIN core.return r
    ON r.known_to = :now AND r.dataset = :dataset
    AND (r.area_id, r.period_id, r.scheme_id, r.indicator_id, r.administrator_id)
      = (i.area_id, i.period_id, i.scheme_id, i.indicator_id, i.administrator_id)
ORDER BY i.position;
