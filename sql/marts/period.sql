CREATE VIEW mart.period WITH (security_invoker) AS
SELECT p.key AS period, p.kind::text AS kind, p.starts_on, p.ends_on, p.published_at,
       p.published_at IS NOT NULL
           AND NOT EXISTS (SELECT FROM core.compile_queue q WHERE q.period_id = p.period_id) AS up_to_date,
       p.period_id = (SELECT core.newest_reported_month()) AS newest_reported
FROM core.period p;
