-- Of each area in a notice's reach: how many there and below are asked, and how many have answered. Counted in the
-- list of columns, so that nothing is counted where it is not asked for.
CREATE VIEW mart.notice_reach WITH (security_invoker) AS
SELECT n.notice_id, a.code AS area_code, l.code AS area_level, p.code AS parent_code,
       (SELECT count(*) FROM core.area b
        WHERE b.tree_left BETWEEN a.tree_left AND a.tree_right AND b.valid_to = 'infinity' AND b.area_id <> n.publisher_id
          AND b.layer_id IN (SELECT layer_id FROM core.acknowledging_layer)) AS recipients,
       (SELECT count(*) FROM core.acknowledgement y
        JOIN core.area b USING (area_id)
        WHERE y.notice_id = n.notice_id AND b.tree_left BETWEEN a.tree_left AND a.tree_right AND b.valid_to = 'infinity'
          AND b.layer_id IN (SELECT layer_id FROM core.acknowledging_layer)) AS acknowledged,
       k.acknowledged_at, k.person AS acknowledged_by,
       a.area_id <> n.publisher_id AND a.layer_id IN (SELECT layer_id FROM core.acknowledging_layer) AS is_recipient
FROM core.notice n
JOIN core.area top ON top.area_id = n.area_id
JOIN core.area a ON a.tree_left BETWEEN top.tree_left AND top.tree_right AND a.valid_to = 'infinity'
JOIN core.layer l ON l.layer_id = a.layer_id
LEFT JOIN core.area p ON p.area_id = a.parent_id
LEFT JOIN core.acknowledgement k ON k.notice_id = n.notice_id AND k.area_id = a.area_id
WHERE (SELECT core.sees_all()) OR a.area_id IN (SELECT area_id FROM core.my_scope);
