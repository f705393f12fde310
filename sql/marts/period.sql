CREATE VIEW mart.period WITH (security_invoker) AS
SELECT key AS period, kind::text AS kind, starts_on, ends_on, published_at FROM core.period;
