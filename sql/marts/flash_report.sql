-- One early sheet is not yet its area's week, least of all the nation's: `ripe` says from when on it is shown as the newest.
CREATE VIEW mart.flash_report WITH (security_invoker) AS
SELECT sheet.*,
       p.ends_on + (c.definition #>> '{calendar,flash_reports,due_days}')::integer < t.is_on
       OR EXISTS (
           SELECT FROM core.reporting r
           WHERE r.period_id = p.period_id AND r.area_id = a.area_id AND r.dataset = 'flash_reports'
           HAVING sum(r.received) >= sum(r.expected) * (c.definition #>> '{board,complete_enough}')::double precision
       ) AS ripe
FROM (
    SELECT a.code AS area_code, l.code AS area_level, p.key AS week, 'own' AS origin,
           x.institutional_arrangement::numeric, x.human_resources::numeric, x.communication_enrolment::numeric,
           x.process_tools::numeric, x.project_management::numeric,
           NULL::numeric[] AS lowest, NULL::numeric[] AS highest, NULL::text[] AS laggards,
           NULL::integer AS expected, NULL::integer AS received,
           CASE WHEN e.area_id IS NULL THEN 'provisional' ELSE 'endorsed' END AS status, r.known_from
    FROM core.return r
    JOIN core.flash_line x USING (return_id)
    JOIN core.area a USING (area_id)
    JOIN core.layer l USING (layer_id)
    JOIN core.period p USING (period_id)
    LEFT JOIN core.current_endorsement e ON e.period_id = r.period_id AND e.dataset = r.dataset AND e.area_id = r.area_id
    WHERE r.dataset = 'flash_reports' AND r.administrator_id = 0 AND r.known_to = 'infinity'
    UNION ALL
    SELECT a.code, l.code, p.key, 'compiled', c.mean[1], c.mean[2], c.mean[3], c.mean[4], c.mean[5],
           c.lowest, c.highest, c.laggards, c.children, c.children_reporting,
           CASE WHEN e.area_id IS NULL THEN 'provisional' ELSE 'endorsed' END, p.published_at
    FROM core.flash_compiled c
    JOIN core.area a USING (area_id)
    JOIN core.layer l ON l.layer_id = a.layer_id
    JOIN core.period p USING (period_id)
    LEFT JOIN core.current_endorsement e
        ON e.period_id = c.period_id AND e.dataset = 'flash_reports' AND e.area_id = c.area_id
) AS sheet
JOIN core.period p ON p.key = sheet.week
JOIN core.area a ON a.code = sheet.area_code AND a.valid_from <= p.ends_on AND a.valid_to > p.ends_on
CROSS JOIN core.country c
CROSS JOIN core.today t;
