CREATE VIEW mart.indicator_value WITH (security_invoker) AS
SELECT indicator, area_code, area_level, period, sex, age_group, numerator, denominator, value, lower_bound,
       upper_bound, completeness, status, known_from, version, period_id
FROM mart.indicator_history
WHERE known_to = 'infinity';
