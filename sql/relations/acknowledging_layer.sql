-- Layers whose areas can acknowledge a notice: somebody there writes for the area. Grain: layer.
CREATE VIEW core.acknowledging_layer AS
SELECT l.layer_id
FROM core.layer l
WHERE (SELECT c.open FROM core.country c)
   OR EXISTS (SELECT FROM core.role r WHERE l.code = ANY (r.layers) AND 'draft' = ANY (r.actions) AND NOT r.of_administrator);
