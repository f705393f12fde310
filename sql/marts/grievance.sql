CREATE VIEW mart.grievance WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, p.key AS period, at.code AS at_level, g.category,
       g.sex::text AS sex, g.channel, g.received, g.resolved, g.escalated, g.pending, g.pending_slow,
       g.median_low, g.median_high
FROM core.grievance_compiled g
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
JOIN core.layer at ON at.layer_id = g.at_layer_id
JOIN core.period p USING (period_id);
