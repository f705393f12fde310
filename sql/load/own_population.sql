-- The populations that areas have themselves in a year, by sex and age group: what was filed for the year; or, where the
-- country declares `between_years: linear` (population.yaml), the straight line between the latest year filed before it
-- and the first filed after it, in whole persons, halves up. The line is drawn area by area and cell by cell, and only
-- where both years tell the same cells apart; nothing is drawn beyond the last year or before the first.
CREATE TEMP TABLE own_population ON COMMIT DROP AS
WITH filed AS (
    SELECT area_id, period_id / 1000 AS year, return_id, known_from
    FROM core.return
    WHERE dataset = 'population' AND known_to = 'infinity'
),
around AS (  -- areas without a population of the year, with those of the years on both sides of it
    SELECT b.area_id, b.year AS year_before, a.year AS year_after, b.return_id AS before_id, a.return_id AS after_id,
           greatest(b.known_from, a.known_from) AS known_from
    FROM (SELECT DISTINCT ON (area_id) * FROM filed WHERE year < :year ORDER BY area_id, year DESC) AS b
    JOIN (SELECT DISTINCT ON (area_id) * FROM filed WHERE year > :year ORDER BY area_id, year) AS a USING (area_id)
    WHERE EXISTS (SELECT FROM core.country WHERE definition ->> 'between_years' = 'linear')
      AND b.area_id NOT IN (SELECT area_id FROM filed WHERE year = :year)
),
cell AS (
    SELECT area_id, year_before, year_after, known_from, sex, age_group_id,
           sum(population) FILTER (WHERE return_id = before_id) AS before,
           sum(population) FILTER (WHERE return_id = after_id) AS after, array_agg(DISTINCT source) AS sources
    FROM around
    JOIN core.population_line ON return_id IN (before_id, after_id)
    GROUP BY area_id, year_before, year_after, known_from, sex, age_group_id
),
own AS (
    SELECT area_id, sex, age_group_id, core.total(population) AS population, max(status) AS status,
           ARRAY[CAST(:year AS smallint)] AS from_years, array_agg(DISTINCT source) AS sources, known_from
    FROM filed
    JOIN core.population_line USING (return_id)
    WHERE year = :year
    GROUP BY area_id, sex, age_group_id, known_from
    UNION ALL
    SELECT area_id, sex, age_group_id,
           round((before * (year_after - :year) + after * (:year - year_before))::numeric / (year_after - year_before))::bigint, 'I',
           ARRAY[year_before, year_after]::smallint[], sources, known_from
    FROM cell
    WHERE area_id NOT IN (SELECT area_id FROM cell WHERE before IS NULL OR after IS NULL)
)
SELECT own.*, a.layer_id FROM own JOIN core.area a USING (area_id);
