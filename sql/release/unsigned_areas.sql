-- Areas of the two highest layers that have a committee and whose figures of a period were not endorsed at a moment.
SELECT a.code
FROM core.area a
JOIN core.committee c USING (layer_id)
JOIN core.period p ON p.period_id = :period_id
WHERE a.layer_id <= 1 AND a.valid_from <= p.ends_on AND a.valid_to > p.ends_on
  AND NOT EXISTS (
      SELECT FROM core.endorsement e
      WHERE e.area_id = a.area_id AND e.period_id = :period_id AND e.dataset = 'scheme_returns'
        AND e.as_known_at <= :moment AND e.ended_at > :moment)
ORDER BY a.tree_left
