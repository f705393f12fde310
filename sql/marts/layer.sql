CREATE VIEW mart.layer WITH (security_invoker) AS
SELECT code AS area_level, layer_id AS depth, names, plurals FROM core.layer;
