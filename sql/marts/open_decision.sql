-- The one definition of an open decision: not settled, and not grouped into another with which it moves. Decisions in the
-- same words are one question, however many areas ask it.
CREATE VIEW mart.open_decision WITH (security_invoker) AS
SELECT i.holder_code AS area_code, i.holder_level AS area_level, i.holder_names AS names, min(i.text) AS text,
       count(*) AS decisions, count(DISTINCT i.area_code) AS areas,
       count(*) FILTER (WHERE i.overdue) AS overdue, count(*) FILTER (WHERE i.holder_depth < i.area_depth) AS escalated,
       max(i.age_days) AS oldest_days, min(i.due) AS due, min(i.item_id) AS item_id,
       sum(count(*)) OVER (PARTITION BY i.holder_code)::bigint AS of_area
FROM mart.item i
WHERE i.kind = 'decision' AND i.state <> 'settled' AND NOT i.grouped
GROUP BY i.holder_code, i.holder_level, i.holder_names, lower(btrim(i.text));
