-- How far the period has come. Its chain is as old as the moment when the lowest layer began to be compiled.
UPDATE core.period
SET compiled_layer = :layer_id,
    compiled_at = CASE WHEN :layer_id = (SELECT max(layer_id) FROM core.layer) THEN :began ELSE compiled_at END
WHERE period_id = :period_id;
