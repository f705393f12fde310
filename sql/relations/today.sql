-- The day it is in the country, where due days end at midnight. Grain: one row.
CREATE VIEW core.today WITH (security_invoker) AS
SELECT (now() AT TIME ZONE timezone)::date AS is_on, timezone FROM core.country;
