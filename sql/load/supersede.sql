-- A newer return replaces the whole older one, which stays readable up to now. Two do not replace: one with a
-- rejected line where an accepted one stands, and one that arrived before the one that stands.
DELETE FROM incoming i
USING core.return r
WHERE r.known_to = 'infinity'
  AND r.dataset = :dataset
  AND (r.period_id, r.scheme_id, r.area_id) = (i.period_id, i.scheme_id, i.area_id)
  AND (i.partial AND NOT r.partial OR r.submission_id > :submission_id);

-- A correction is as early as what it corrects.
UPDATE incoming i
SET received_at = r.received_at
FROM core.return r
WHERE r.known_to = 'infinity'
  AND r.dataset = :dataset
  AND (r.period_id, r.scheme_id, r.area_id) = (i.period_id, i.scheme_id, i.area_id);

UPDATE core.return r
SET known_to = :now
FROM incoming i
WHERE r.known_to = 'infinity'
  AND r.dataset = :dataset
  AND (r.period_id, r.scheme_id, r.area_id) = (i.period_id, i.scheme_id, i.area_id);

INSERT INTO core.return
    (return_id, dataset, period_id, area_id, scheme_id, submission_id, received_at, known_from, partial, zero)
SELECT return_id, :dataset, period_id, area_id, scheme_id, :submission_id, received_at, :now, partial, zero
FROM incoming;

INSERT INTO core.touched
SELECT DISTINCT i.period_id, a.layer_id, i.area_id
FROM incoming i
JOIN core.area a USING (area_id);
