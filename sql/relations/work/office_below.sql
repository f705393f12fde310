-- The areas below the session's own that answer for themselves: somebody writes for them, and for none between. What they owe
-- is theirs to report, and is late below the session's area; everything else that is owed below it is its own. Grain: area.
CREATE VIEW core.office_below WITH (security_invoker) AS
SELECT area_id, tree_left, tree_right
FROM (
    SELECT w.*, max(w.tree_right) OVER (ORDER BY w.tree_left ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
    FROM core.my_office o
    CROSS JOIN core.writing_areas() w
    WHERE w.area_id <> o.area_id
) AS below
WHERE reached IS NULL OR reached < tree_left;
