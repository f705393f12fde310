-- Persons, each once. What most lists say of somebody holds; where as many say one thing as another it is not stated.
-- Somebody is with a disability as soon as one list says so. One row a person.
CREATE TEMP TABLE person ON COMMIT DROP AS
WITH age AS (  -- of those whom lists put into several age groups
    SELECT person, CASE WHEN count(*) > 1 THEN 0 ELSE min(age_group_id) END AS age_group_id
    FROM (
        SELECT person, age_group_id, count(*) AS lists, max(count(*)) OVER (PARTITION BY person) AS most
        FROM statement
        WHERE person IN (SELECT person FROM statement GROUP BY person HAVING min(age_group_id) < max(age_group_id))
        GROUP BY person, age_group_id
    ) AS said
    WHERE lists = most
    GROUP BY person
),
said AS (
    SELECT person, min(area_id) AS area_id, min(age_group_id) AS age_group_id,
           min(birth_year) < max(birth_year) AS birth_years_differ,
           count(*) FILTER (WHERE sex = 'F') AS f, count(*) FILTER (WHERE sex = 'M') AS m,
           count(*) FILTER (WHERE sex = 'X') AS x,
           CASE WHEN bool_or(disability = 'Y') THEN 'Y' WHEN bool_or(disability = 'N') THEN 'N'
                WHEN bool_or(disability = 'U') THEN 'U' ELSE 'T' END::"char" AS disability,
           array_agg(DISTINCT scheme_id ORDER BY scheme_id) AS schemes
    FROM statement
    GROUP BY person
)
SELECT person, coalesce(residence.area_id, said.area_id) AS area_id,
       CASE WHEN f > greatest(m, x) THEN 'F' WHEN m > greatest(f, x) THEN 'M' WHEN x > greatest(f, m) THEN 'X'
            ELSE 'U' END::"char" AS sex,
       coalesce(age.age_group_id, said.age_group_id)::smallint AS age_group_id, disability, schemes,
       (f > 0)::integer + (m > 0)::integer + (x > 0)::integer > 1 AS sexes_differ, birth_years_differ
FROM said
LEFT JOIN residence USING (person)
LEFT JOIN age USING (person);
ANALYZE person;
