CREATE VIEW mart.worklist WITH (security_invoker) AS
SELECT w.kind, w.about, w.subject, a.code AS area_code, a.names, w.dataset, w.period, w.n, w.offices, w.since, w.due_on,
       greatest(0, t.is_on - (w.since AT TIME ZONE t.timezone)::date) AS age_days, coalesce(w.due_on < t.is_on, false) AS overdue,
       w.words, w.answer, w.titles
FROM core.worklist() w
CROSS JOIN core.today t
LEFT JOIN core.area a USING (area_id);
