CREATE VIEW mart.review_comment WITH (security_invoker) AS
SELECT c.comment_id, a.code AS area_code, child.code AS child_code, c.dataset, p.key AS period, c.cell, c.answers,
       c.written_by, c.written_at, c.text
FROM core.comment c
JOIN core.area a USING (area_id)
JOIN core.area child ON child.area_id = c.child_id
JOIN core.period p USING (period_id);
