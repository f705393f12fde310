-- Whose worklist it is: the account of the session, what it may do, and its area. Grain: one row; none for a visitor.
CREATE VIEW core.my_office AS
SELECT g.person_id, g.role, g.actions, g.administrator, a.area_id, a.code, a.layer_id, a.tree_left, a.tree_right
FROM core.current_grants() g
JOIN core.area a ON a.area_id = g.area_id
WHERE g.person_id IS NOT NULL;
