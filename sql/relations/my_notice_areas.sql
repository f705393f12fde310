-- Areas whose notices are mine to read: in my scope, or above it.
CREATE VIEW core.my_notice_areas AS
SELECT s.area_id FROM core.my_scope s
UNION
SELECT up.area_id
FROM core.current_grants() m
JOIN core.area own ON own.code = m.area_code
JOIN core.area up ON own.tree_left BETWEEN up.tree_left AND up.tree_right;
