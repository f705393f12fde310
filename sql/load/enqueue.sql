-- The areas of a file's returns are compiled again.
INSERT INTO core.compile_queue (period_id, stage, area_id)
SELECT DISTINCT i.period_id, a.layer_id, i.area_id
FROM incoming i
JOIN core.area a USING (area_id);
