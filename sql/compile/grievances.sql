-- Grievances of one layer: what its areas counted themselves, and what was compiled below them. Counts add up;
-- medians do not, so their range goes up the chain, and the pending ones of areas where answers are slow.
DELETE FROM core.grievance_compiled c USING claimed t WHERE c.period_id = :period_id AND c.area_id = t.area_id;

INSERT INTO core.grievance_compiled
WITH counted AS (
    SELECT r.area_id, a.layer_id AS at_layer_id, l.category, l.sex, l.channel,
           l.received, l.resolved, l.escalated, l.pending,
           CASE WHEN l.median_days > coalesce((c.definition #>> '{grievances,slow_days}')::integer, 30)
                THEN l.pending ELSE 0 END AS pending_slow,
           CASE WHEN l.resolved > 0 THEN l.median_days END AS median_low,
           CASE WHEN l.resolved > 0 THEN l.median_days END AS median_high
    FROM claimed t
    JOIN core.return r ON r.area_id = t.area_id AND r.period_id = :period_id
        AND r.dataset = 'grievances' AND r.known_to = 'infinity'
    JOIN core.grievance_line l USING (return_id)
    JOIN core.area a ON a.area_id = r.area_id
    CROSS JOIN core.country c
    UNION ALL
    SELECT t.area_id, b.at_layer_id, b.category, b.sex, b.channel,
           b.received, b.resolved, b.escalated, b.pending, b.pending_slow, b.median_low, b.median_high
    FROM claimed t
    JOIN core.area below ON below.parent_id = t.area_id
    JOIN core.grievance_compiled b ON b.area_id = below.area_id AND b.period_id = :period_id
)
SELECT :period_id, area_id, at_layer_id, category, sex, channel, sum(received), sum(resolved), sum(escalated),
       sum(pending), sum(pending_slow), min(median_low), max(median_high)
FROM counted
GROUP BY area_id, at_layer_id, category, sex, channel;
