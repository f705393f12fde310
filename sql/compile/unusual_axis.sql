-- The axes of a week that are :points percentage points or more from the median of the :most weeks before.
DELETE FROM core.unusual_change u USING claimed t WHERE u.period_id = :period_id AND u.area_id = t.area_id;

INSERT INTO core.unusual_change
WITH week AS (
    SELECT period_id, period_id = :period_id AS this
    FROM core.period
    WHERE kind = 'W' AND period_id <= :period_id
    ORDER BY period_id DESC
    LIMIT :most + 1
),
figure AS (  -- an area's own sheet, or else what was compiled for it
    SELECT week.this, t.area_id, split_part(entry.key, '/', 2) AS axis, entry.value::numeric AS percent,
           rank() OVER (PARTITION BY week.period_id, t.area_id, split_part(entry.key, '/', 2) ORDER BY entry.key DESC) AS rank
    FROM week
    CROSS JOIN LATERAL core.totals(week.period_id, 'flash_reports', ARRAY(SELECT area_id FROM claimed)) t
    CROSS JOIN LATERAL jsonb_each(t.totals) AS entry
    WHERE split_part(entry.key, '/', 1) IN ('own', 'compiled')
),
usual AS (
    SELECT area_id, axis, percentile_cont(0.5) WITHIN GROUP (ORDER BY percent)::numeric AS percent
    FROM figure
    WHERE NOT this AND rank = 1
    GROUP BY area_id, axis
)
SELECT :period_id, figure.area_id, 0, figure.axis, figure.percent, usual.percent
FROM figure
JOIN usual USING (area_id, axis)
WHERE figure.this AND figure.rank = 1 AND abs(figure.percent - usual.percent) >= :points;
