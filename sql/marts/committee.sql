CREATE VIEW mart.committee WITH (security_invoker) AS
SELECT l.code AS area_level, m.quorum, m.requires_children
FROM core.committee m
JOIN core.layer l USING (layer_id);
