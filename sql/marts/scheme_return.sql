CREATE VIEW mart.scheme_return WITH (security_invoker) AS
SELECT * FROM mart.scheme_return_history WHERE known_to = 'infinity';
