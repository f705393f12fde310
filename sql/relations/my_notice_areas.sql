-- Areas whose notices the reader sees: those in the reader's scope, and those above it. Grain: area.
CREATE VIEW core.my_notice_areas AS
SELECT s.area_id FROM core.my_scope s
UNION
SELECT up.area_id
FROM core.current_grants() m
JOIN core.area own ON own.code = m.area_code
JOIN core.area up ON own.tree_left BETWEEN up.tree_left AND up.tree_right;
