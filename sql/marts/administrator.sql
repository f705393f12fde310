CREATE VIEW mart.administrator WITH (security_invoker) AS
SELECT code AS administrator, names FROM core.administrator;
