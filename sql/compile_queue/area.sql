-- One area and everything below it has to be compiled again, in one period.
INSERT INTO core.compile_queue
SELECT p.period_id, below.layer_id, below.area_id
FROM core.area a
JOIN core.area below ON below.tree_left BETWEEN a.tree_left AND a.tree_right
CROSS JOIN core.period p
WHERE a.code = :area AND p.key = :period;
