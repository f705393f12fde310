-- What committees had signed of a period at a moment: the area, when, in which offices, and the fingerprint of what they saw.
SELECT a.code AS area, l.code AS layer, e.as_known_at, e.fingerprint,
       ARRAY(SELECT s.office FROM core.signature s WHERE s.endorsement_id = e.endorsement_id ORDER BY s.office) AS offices
FROM core.endorsement e
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
WHERE e.period_id = :period_id AND e.dataset = 'scheme_returns' AND e.as_known_at <= :moment AND e.ended_at > :moment
ORDER BY a.tree_left
