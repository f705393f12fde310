CREATE VIEW mart.consultation WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, c.held_on, c.consultation_id AS number, c.point, c.heard, c.item_id,
       i.text AS decision, i.holder_code, i.holder_names, i.due, i.state, c.person, c.at
FROM core.consultation c
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
LEFT JOIN mart.item i USING (item_id);
