CREATE VIEW mart.country WITH (security_invoker) AS
SELECT code AS country, names, timezone, sample, definition, loaded_at FROM core.country;
