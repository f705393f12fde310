-- What waits for the account of the session, from the rules of each page (the relations of the worklist). PL/pgSQL because it keeps the
-- plan for the session: every page asks for the count. Nothing of it runs with other rights than the reader's.
CREATE FUNCTION core.worklist(
    OUT kind text, OUT about text, OUT subject text, OUT area_id integer, OUT dataset text, OUT period text, OUT n bigint,
    OUT offices bigint, OUT since timestamptz, OUT due_on date, OUT words text, OUT answer text, OUT titles jsonb
) RETURNS SETOF record
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
    works boolean := (SELECT o.actions && ARRAY['submit', 'draft', 'endorse', 'return', 'settle'] FROM core.my_office o);
BEGIN
    IF works IS NOT TRUE THEN
        RETURN;
    END IF;
    RETURN QUERY
        SELECT 'to_mend', w.state, w.receipt, w.area_id, w.dataset, NULL, w.n, NULL::bigint, w.since, NULL::date, w.filename,
               NULL, NULL::jsonb
        FROM core.work_to_mend w
        UNION ALL
        SELECT w.kind, 'review', NULL, w.area_id, w.dataset, w.period, NULL, NULL, w.since, NULL,
               coalesce(w.reason, array_to_string(w.receipts, ', ')), w.acted_by, NULL
        FROM core.work_review w
        UNION ALL
        SELECT 'sent_back', 'review', NULL, w.area_id, w.dataset, w.period, NULL, NULL, w.since, NULL, w.reason, w.acted_by, NULL
        FROM core.work_sent_back_below w
        UNION ALL
        SELECT 'to_answer', w.about, w.number::text, w.area_id, w.dataset, w.period, NULL, NULL, w.since, w.due, w.text, NULL, NULL
        FROM core.work_to_answer w
        UNION ALL
        SELECT 'answered', w.about, w.number::text, w.area_id, w.dataset, w.period, NULL, NULL, w.since, NULL, w.text, w.answer, NULL
        FROM core.work_answered w
        UNION ALL
        SELECT 'to_acknowledge', w.about, w.number::text, w.area_id, NULL, w.period, w.amount, NULL, w.since, NULL, NULL, NULL, w.titles
        FROM core.work_to_acknowledge w
        UNION ALL
        SELECT 'to_report', 'returns', NULL, w.area_id, w.dataset, w.period, w.n, NULL, core.end_of_day(w.due_on, t.timezone), w.due_on, NULL,
               NULL, NULL
        FROM core.work_to_report w, core.today t
        UNION ALL
        SELECT 'late_below', 'returns', NULL, w.area_id, w.dataset, w.period, w.n, w.offices, core.end_of_day(w.due_on, t.timezone),
               w.due_on, NULL, NULL, NULL
        FROM core.work_late_below w, core.today t;
END $$;
