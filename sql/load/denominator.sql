-- One layer's population for one year: its own figures (own_population.sql) where it has them, else the sum of its children, if every child that stands at the end of the year has one, or else every child that stood at its beginning:
-- where areas were divided within the year, the old ones or the new ones are added, never both. A sum is as weak as its
-- weakest part, and comes from where its parts come from.
DELETE FROM core.denominator WHERE year = :year AND layer_id = :layer_id;
DELETE FROM core.denominator_vintage WHERE year = :year AND layer_id = :layer_id;

CREATE TEMP TABLE part ON COMMIT DROP AS  -- the children that are added up
WITH child AS (
    SELECT a.area_id, a.parent_id, moment.choice
    FROM core.area a
    JOIN (VALUES (1, make_date(:year, 12, 31)), (2, make_date(:year, 1, 1))) AS moment (choice, day)
        ON a.valid_from <= moment.day AND a.valid_to > moment.day
    WHERE a.layer_id = :layer_id + 1
),
complete AS (  -- parents without figures of their own, all of whose children at one of the moments have some
    SELECT DISTINCT ON (c.parent_id) c.parent_id, c.choice
    FROM child c
    LEFT JOIN (SELECT area_id FROM core.denominator_vintage WHERE year = :year) AS d USING (area_id)
    WHERE c.parent_id NOT IN (SELECT area_id FROM own_population)
    GROUP BY c.parent_id, c.choice
    HAVING bool_and(d.area_id IS NOT NULL)
    ORDER BY c.parent_id, c.choice
)
SELECT c.area_id, c.parent_id FROM child c JOIN complete USING (parent_id, choice);

INSERT INTO core.denominator
SELECT :year, :layer_id, area_id, sex, age_group_id, population, status
FROM own_population
WHERE layer_id = :layer_id
UNION ALL
SELECT :year, :layer_id, parent_id, sex, age_group_id, core.total(population), max(status)
FROM part
JOIN core.denominator USING (area_id)
WHERE year = :year
GROUP BY parent_id, sex, age_group_id;

INSERT INTO core.denominator_vintage
SELECT :year, :layer_id, area_id, max(status), array_agg(DISTINCT from_year ORDER BY from_year),
       array_agg(DISTINCT source ORDER BY source), max(known_from)
FROM (
    SELECT area_id, status, unnest(from_years) AS from_year, unnest(sources) AS source, known_from
    FROM own_population
    WHERE layer_id = :layer_id
    UNION ALL
    SELECT parent_id, status, unnest(from_years), unnest(sources), known_from
    FROM part
    JOIN core.denominator_vintage USING (area_id)
    WHERE year = :year
) AS origin
GROUP BY area_id;

DROP TABLE part;  -- the same transaction sums the next layer
