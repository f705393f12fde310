CREATE VIEW mart.area WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, l.layer_id AS depth,
       a.names ->> 'en' AS name, a.names, p.code AS parent_code, a.tree_left, a.tree_right, a.valid_from, a.valid_to
FROM core.area a
JOIN core.layer l USING (layer_id)
LEFT JOIN core.area p ON p.area_id = a.parent_id;
