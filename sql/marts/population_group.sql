CREATE VIEW mart.population_group WITH (security_invoker) AS
SELECT code AS population_group, names, dimension, dimension_names FROM core.population_group;
