-- The other line of the chain: scheme administrators and ministries, at the area where they report.
CREATE VIEW mart.flash_administrator WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, p.key AS week, m.code AS administrator, m.names,
       x.institutional_arrangement::numeric, x.human_resources::numeric, x.communication_enrolment::numeric,
       x.process_tools::numeric, x.project_management::numeric, r.known_from
FROM core.return r
JOIN core.flash_line x USING (return_id)
JOIN core.administrator m USING (administrator_id)
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
JOIN core.period p USING (period_id)
WHERE r.dataset = 'flash_reports' AND r.known_to = 'infinity';
