-- The signed version of each compilation: the last one signed, whether it still stands or not.
CREATE VIEW core.signed WITH (security_invoker) AS
SELECT DISTINCT ON (area_id, period_id, dataset)
       area_id, period_id, dataset, endorsement_id, as_known_at, ended_at, totals
FROM core.endorsement
ORDER BY area_id, period_id, dataset, endorsement_id DESC;
