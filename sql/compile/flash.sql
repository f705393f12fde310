-- One layer's compiled flash report for one week: the mean over the children that reported, with the range and
-- the laggards. A child counts with its own sheet, or where it filed none with what was compiled for it.
DELETE FROM core.flash_compiled c USING claimed t WHERE c.period_id = :period_id AND c.area_id = t.area_id;

INSERT INTO core.flash_compiled
WITH child AS (
    SELECT a.area_id, a.parent_id, a.code
    FROM claimed t
    JOIN core.area a ON a.parent_id = t.area_id
    JOIN core.period p ON p.period_id = :period_id
    WHERE a.valid_from <= p.ends_on AND a.valid_to > p.ends_on
      -- layers below those that file sheets take no part in it, and are not missing from it
      AND a.layer_id <= (SELECT max(layer_id) FROM core.calendar WHERE dataset = 'flash_reports')
),
sheet AS (
    SELECT r.area_id, ARRAY[l.institutional_arrangement, l.human_resources, l.communication_enrolment,
                            l.process_tools, l.project_management] AS axes
    FROM core.return r
    JOIN core.flash_line l USING (return_id)
    WHERE r.dataset = 'flash_reports' AND r.administrator_id = 0  -- administrators are another line
      AND r.period_id = :period_id AND r.known_to = 'infinity'
),
child_report AS (
    SELECT child.area_id, child.parent_id, child.code, coalesce(sheet.axes, compiled.mean) AS axes
    FROM child
    LEFT JOIN sheet USING (area_id)
    LEFT JOIN core.flash_compiled compiled ON compiled.period_id = :period_id AND compiled.area_id = child.area_id
),
axis AS (
    SELECT parent_id, i, avg(axes[i]) AS mean, min(axes[i]) AS lowest, max(axes[i]) AS highest
    FROM child_report, generate_series(1, 5) AS i
    WHERE axes IS NOT NULL
    GROUP BY parent_id, i
),
laggard AS (  -- the three furthest behind, all five axes together
    SELECT parent_id, array_agg(code ORDER BY total, code) AS codes
    FROM (
        SELECT parent_id, code, total, row_number() OVER (PARTITION BY parent_id ORDER BY total, code) AS place
        FROM child_report, LATERAL (SELECT sum(a) AS total FROM unnest(axes) AS a) AS t
        WHERE axes IS NOT NULL
    ) AS ranked
    WHERE place <= 3
    GROUP BY parent_id
)
SELECT :period_id, :layer_id, axis.parent_id,
       array_agg(axis.mean ORDER BY i), array_agg(axis.lowest ORDER BY i), array_agg(axis.highest ORDER BY i),
       laggard.codes, reporting_counts.reporting, reporting_counts.children
FROM axis
JOIN laggard USING (parent_id)
JOIN (
    SELECT parent_id, count(axes) AS reporting, count(*) AS children FROM child_report GROUP BY parent_id
) AS reporting_counts USING (parent_id)
GROUP BY axis.parent_id, laggard.codes, reporting_counts.reporting, reporting_counts.children;
