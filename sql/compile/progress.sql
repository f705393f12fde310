-- The period's chain is as old as the moment when the lowest layer began to be compiled.
UPDATE core.period
SET compiled_at = :began
WHERE period_id = :period_id AND :layer_id = (SELECT max(layer_id) FROM core.layer);
