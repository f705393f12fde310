-- The years whose denominators a year's population makes: its own, and those up to the populations around it that an area
-- of it has, where they are interpolated (core.population_of) or were.
WITH around AS (
    SELECT (SELECT max(b.period_id) / 1000 FROM core.return b
            WHERE b.area_id = r.area_id AND b.dataset = 'population' AND b.period_id < r.period_id
              AND b.known_to = 'infinity') AS before,
           (SELECT min(a.period_id) / 1000 FROM core.return a
            WHERE a.area_id = r.area_id AND a.dataset = 'population' AND a.period_id > r.period_id
              AND a.known_to = 'infinity') AS after
    FROM (SELECT DISTINCT area_id, period_id FROM core.return
          WHERE dataset = 'population' AND period_id = :year * 1000) AS r
)
SELECT year::integer
FROM around
CROSS JOIN LATERAL generate_series(coalesce(before + 1, :year), coalesce(after - 1, :year)) AS year
WHERE EXISTS (SELECT FROM core.country WHERE definition ->> 'between_years' = 'linear')
UNION
SELECT :year
ORDER BY 1;
