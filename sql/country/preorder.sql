-- Number the tree in preorder: an area's descendants are those with tree_left between its tree_left and tree_right.
WITH RECURSIVE tree AS (
    SELECT area_id, ARRAY[area_id] AS path FROM core.area WHERE parent_id IS NULL
    UNION ALL
    SELECT a.area_id, tree.path || a.area_id FROM core.area a JOIN tree ON a.parent_id = tree.area_id
),
numbered AS (
    SELECT area_id, path, row_number() OVER (ORDER BY path) AS tree_left FROM tree
),
sized AS (
    SELECT ancestor AS area_id, count(*) AS size FROM numbered, unnest(path) AS ancestor GROUP BY ancestor
)
UPDATE core.area a
SET tree_left = n.tree_left, tree_right = n.tree_left + s.size - 1
FROM numbered n
JOIN sized s USING (area_id)
WHERE a.area_id = n.area_id AND (a.tree_left, a.tree_right) IS DISTINCT FROM (n.tree_left, n.tree_left + s.size - 1);
