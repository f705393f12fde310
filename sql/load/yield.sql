-- Counts that a list gave stand aside for returns that somebody files.
UPDATE core.return r
SET known_to = :now
FROM incoming i
WHERE r.from_list AND r.known_to = 'infinity'
  AND (r.area_id, r.period_id, r.scheme_id) = (i.area_id, i.period_id, i.scheme_id);
