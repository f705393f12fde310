-- Indicators that are one scheme's alone, or the difference between its women and men, where the reader sees nothing of that
-- scheme. Grain: indicator.
CREATE VIEW core.indicator_of_others AS  -- of the owner, who sees every scheme
WITH part AS (
    SELECT indicator_id, scheme_id FROM core.indicator_part
    UNION SELECT indicator_id, scheme_id FROM core.indicator_sum_scheme
)
SELECT i.indicator_id
FROM core.indicator i
LEFT JOIN core.indicator_gap gap USING (indicator_id)
JOIN part ON part.indicator_id = coalesce(gap.of_id, i.indicator_id)
GROUP BY i.indicator_id
HAVING count(*) = 1 AND NOT bool_and(part.scheme_id IN (SELECT scheme_id FROM core.my_schemes));
