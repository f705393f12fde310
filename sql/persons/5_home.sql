-- Persons, each once, by where they live. What most lists say of somebody holds; where as many say one thing as another it
-- is not stated. Somebody is with a disability as soon as one list says so. One row an area, sex, age group, disability and
-- set of schemes; beside the persons, of how many of them lists contradict each other.
CREATE TEMP TABLE home ON COMMIT DROP AS
WITH age AS (  -- of those whom lists put into several age groups
    SELECT person, CASE WHEN count(*) > 1 THEN 0 ELSE min(age_group_id) END::smallint AS age_group_id
    FROM (
        SELECT person, age_group_id, count(*) AS lists, max(count(*)) OVER (PARTITION BY person) AS most
        FROM statement
        WHERE person IN (SELECT person FROM statement GROUP BY person HAVING min(age_group_id) < max(age_group_id))
        GROUP BY person, age_group_id
    ) AS said
    WHERE lists = most
    GROUP BY person
),
person AS (
    SELECT coalesce(residence.area_id, said.area_id) AS area_id,
           CASE WHEN f > greatest(m, x) THEN 'F' WHEN m > greatest(f, x) THEN 'M' WHEN x > greatest(f, m) THEN 'X'
                ELSE 'U' END::"char" AS sex,
           coalesce(age.age_group_id, age_of.age_group_id) AS age_group_id,
           substr('YNUT', disability, 1)::"char" AS disability,
           schemes::text AS schemes,  -- of which a hash is known, as of bits it is not
           (f > 0)::integer + (m > 0)::integer + (x > 0)::integer > 1 AS sexes_differ, born < born_last AS birth_years_differ
    FROM said
    JOIN age_of USING (born)
    LEFT JOIN residence USING (person)
    LEFT JOIN age USING (person)
)
SELECT area_id, sex, age_group_id, disability, schemes, count(*) AS persons,
       count(*) FILTER (WHERE sexes_differ) AS sexes_differ,
       count(*) FILTER (WHERE birth_years_differ) AS birth_years_differ
FROM person
GROUP BY area_id, sex, age_group_id, disability, schemes;
ANALYZE home;
