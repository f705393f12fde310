-- Returns of areas themselves that came and were taken back: where none is present in their place, the duty counts as empty.
-- Grain: return.
CREATE VIEW core.withdrawn_return WITH (security_invoker) AS
SELECT return_id, dataset, period_id, area_id, scheme_id
FROM core.return
WHERE known_to < 'infinity' AND withdrawal_id IS NOT NULL AND administrator_id = 0;
