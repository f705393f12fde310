-- Layers where somebody can acknowledge: a role is held there that writes for its area.
CREATE VIEW core.answering_layer AS
SELECT l.layer_id
FROM core.layer l
WHERE (SELECT c.open FROM core.country c)
   OR EXISTS (SELECT FROM core.role r WHERE l.code = ANY (r.layers) AND 'draft' = ANY (r.actions) AND NOT r.of_administrator);
