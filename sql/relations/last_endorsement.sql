-- The endorsement of each compilation that was given last, whether it still holds or not. Grain: area, period, dataset.
CREATE VIEW core.last_endorsement WITH (security_invoker) AS
SELECT DISTINCT ON (area_id, period_id, dataset)
       area_id, period_id, dataset, endorsement_id, as_known_at, ended_at, totals
FROM core.endorsement
ORDER BY area_id, period_id, dataset, endorsement_id DESC;
