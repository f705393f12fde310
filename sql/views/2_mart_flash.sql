-- Flash sheets, items that travel, grievances, as people query them.

CREATE VIEW mart.administrator WITH (security_invoker) AS
SELECT code AS administrator, names FROM core.administrator;

CREATE VIEW mart.flash_report WITH (security_invoker) AS
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
LEFT JOIN core.endorsed e ON e.period_id = r.period_id AND e.dataset = r.dataset AND e.area_id = r.area_id
WHERE r.dataset = 'flash_reports' AND r.scheme_id = 0 AND r.known_to = 'infinity'
UNION ALL
SELECT a.code, l.code, p.key, 'compiled', c.mean[1], c.mean[2], c.mean[3], c.mean[4], c.mean[5],
       c.lowest, c.highest, c.laggards, c.children, c.children_reporting,
       CASE WHEN e.area_id IS NULL THEN 'provisional' ELSE 'endorsed' END, p.published_at
FROM core.flash_compiled c
JOIN core.area a USING (area_id)
JOIN core.layer l ON l.layer_id = a.layer_id
JOIN core.period p USING (period_id)
LEFT JOIN core.endorsed e
    ON e.period_id = c.period_id AND e.dataset = 'flash_reports' AND e.area_id = c.area_id;

-- The other line of the chain: scheme administrators and ministries, at the area where they report.
CREATE VIEW mart.flash_administrator WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, p.key AS week, m.code AS administrator, m.names,
       x.institutional_arrangement::numeric, x.human_resources::numeric, x.communication_enrolment::numeric,
       x.process_tools::numeric, x.project_management::numeric, r.known_from
FROM core.return r
JOIN core.flash_line x USING (return_id)
JOIN core.administrator m ON m.administrator_id = r.scheme_id
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
JOIN core.period p USING (period_id)
WHERE r.dataset = 'flash_reports' AND r.known_to = 'infinity';

CREATE VIEW mart.flash_administrators WITH (security_invoker) AS
SELECT area_code, area_level, week,
       avg(institutional_arrangement) AS institutional_arrangement, avg(human_resources) AS human_resources,
       avg(communication_enrolment) AS communication_enrolment, avg(process_tools) AS process_tools,
       avg(project_management) AS project_management,
       count(*) AS received, (SELECT count(*) FROM core.administrator) AS expected
FROM mart.flash_administrator
GROUP BY area_code, area_level, week;

CREATE VIEW mart.flash_item WITH (security_invoker) AS
SELECT i.item_id, a.code AS area_code, l.code AS area_level, p.key AS week, i.kind, i.text,
       n.code AS needs_layer, i.due, u.receipt, i.row_number, r.known_from,
       m.code AS administrator, i.origin, i.sources, i.stays_because,
       i.stays_because IS NULL AND (
           SELECT count(*) FROM core.flash_item before
           WHERE before.return_id = i.return_id AND before.kind = i.kind AND before.stays_because IS NULL
             AND before.row_number < i.row_number
       ) < coalesce((SELECT (c.definition #>> '{calendar,flash_reports,items_per_list}')::integer FROM core.country c),
                    2147483647) AS sent,
       (SELECT s.item_id FROM core.item_mention s
        WHERE s.area_id = r.area_id AND s.period_id = r.period_id AND s.administrator_id = r.scheme_id
          AND s.kind = i.kind AND s.said = md5(lower(btrim(i.text)))) AS travels_as
FROM core.flash_item i
JOIN core.return r USING (return_id)
JOIN core.area a USING (area_id)
JOIN core.layer l ON l.layer_id = a.layer_id
JOIN core.period p USING (period_id)
LEFT JOIN ledger.submission u USING (submission_id)
LEFT JOIN core.layer n ON n.layer_id = i.needs_layer_id
LEFT JOIN core.administrator m ON m.administrator_id = r.scheme_id
WHERE r.known_to = 'infinity' AND r.dataset = 'flash_items';

-- Names and preorder numbers of origin and holder stand in it: pages ask by them, and join nothing more.
CREATE VIEW mart.item WITH (security_invoker) AS
SELECT i.item_id, i.kind, i.text, o.code AS area_code, ol.code AS area_level, o.layer_id AS area_depth,
       o.tree_left AS area_lo, o.names, m.code AS administrator,
       h.code AS holder_code, hl.code AS holder_level, h.layer_id AS holder_depth, h.tree_left AS holder_lo,
       h.names AS holder_names, top.code AS top_level, i.top_layer_id AS top_depth,
       i.state, i.raised_at, i.due,
       today.is_on - (i.raised_at AT TIME ZONE today.timezone)::date AS age_days,
       i.state <> 'settled' AND i.due < today.is_on AS overdue,
       i.part_of,
       coalesce((SELECT whole.state = 'open' FROM core.item whole WHERE whole.item_id = i.part_of), false) AS grouped,
       (SELECT count(*) FROM core.item part WHERE part.part_of = i.item_id) AS parts,
       answer.reason AS answer, answer.code AS answered_by, answer.names AS answered_names, i.moved_at
FROM core.item i
JOIN core.area o ON o.area_id = i.origin_id
JOIN core.layer ol ON ol.layer_id = o.layer_id
JOIN core.area h ON h.area_id = i.holder_id
JOIN core.layer hl ON hl.layer_id = h.layer_id
JOIN core.layer top ON top.layer_id = i.top_layer_id
CROSS JOIN (
    SELECT timezone, (now() AT TIME ZONE timezone)::date AS is_on FROM core.country
) AS today
LEFT JOIN core.administrator m USING (administrator_id)
LEFT JOIN LATERAL (
    SELECT s.reason, a.code, a.names
    FROM core.item_step s
    LEFT JOIN core.area a ON a.area_id = s.from_id
    WHERE s.item_id = i.item_id AND s.action IN ('answered', 'settled', 'withdrawn')
    ORDER BY s.item_step_id DESC
    LIMIT 1
) AS answer ON i.state <> 'open';

CREATE VIEW mart.item_step WITH (security_invoker) AS
SELECT s.item_id, s.item_step_id AS step, s.at, s.action, f.code AS from_code, f.names AS from_names,
       t.code AS holder_code, t.names AS holder_names, s.person, s.reason
FROM core.item_step s
JOIN core.area t ON t.area_id = s.to_id
LEFT JOIN core.area f ON f.area_id = s.from_id;

CREATE VIEW mart.grievance WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, p.key AS period, at.code AS at_level, g.category,
       g.sex::text AS sex, g.channel, g.received, g.resolved, g.escalated, g.pending, g.pending_slow,
       g.median_low, g.median_high
FROM core.grievance_compiled g
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
JOIN core.layer at ON at.layer_id = g.at_layer_id
JOIN core.period p USING (period_id);
