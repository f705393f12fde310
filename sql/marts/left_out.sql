CREATE VIEW mart.left_out WITH (security_invoker) AS
SELECT indicator, area_code, area_level, period, sex, denominator, uncovered, at_least, at_most,
       rank() OVER (PARTITION BY indicator, period, area_level, sex ORDER BY at_most DESC) AS place
FROM core.uncovered;
