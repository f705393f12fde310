CREATE VIEW mart.saved_view WITH (security_invoker) AS
SELECT name, selection, saved_at
FROM core.saved_view
WHERE person_id = (SELECT core.current_person());
