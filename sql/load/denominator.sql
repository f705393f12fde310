-- One layer's population for one year: its own figures where it has them, else the sum of its children, if
-- every child that stands at the end of the year has one, or else every child that stood at its beginning: where areas
-- were divided within the year, the old ones or the new ones are added, never both. A sum is an estimate as soon as one
-- part of it is.
DELETE FROM core.denominator WHERE year = :year AND layer_id = :layer_id;

INSERT INTO core.denominator
WITH own AS (
    SELECT r.area_id, l.sex, l.age_group_id, core.total(l.population) AS population, max(l.status) AS status
    FROM core.return r
    JOIN core.area a USING (area_id)
    JOIN core.population_line l USING (return_id)
    WHERE r.dataset = 'population'
      AND r.period_id = :year * 1000
      AND r.known_to = 'infinity'
      AND a.layer_id = :layer_id
    GROUP BY r.area_id, l.sex, l.age_group_id
),
child AS (
    SELECT a.area_id, a.parent_id, moment.choice
    FROM core.area a
    JOIN (VALUES (1, make_date(:year, 12, 31)), (2, make_date(:year, 1, 1))) AS moment (choice, day)
        ON a.valid_from <= moment.day AND a.valid_to > moment.day
    WHERE a.layer_id = :layer_id + 1
),
complete AS (  -- parents without figures of their own, all of whose children at one of the moments have some
    SELECT DISTINCT ON (c.parent_id) c.parent_id AS area_id, c.choice
    FROM child c
    LEFT JOIN (SELECT DISTINCT area_id FROM core.denominator WHERE year = :year AND layer_id = :layer_id + 1) AS d
        USING (area_id)
    WHERE c.parent_id NOT IN (SELECT area_id FROM own)
    GROUP BY c.parent_id, c.choice
    HAVING bool_and(d.area_id IS NOT NULL)
    ORDER BY c.parent_id, c.choice
),
below AS (
    SELECT c.parent_id AS area_id, d.sex, d.age_group_id, core.total(d.population) AS population, max(d.status) AS status
    FROM child c
    JOIN complete ON complete.area_id = c.parent_id AND complete.choice = c.choice
    JOIN core.denominator d ON d.area_id = c.area_id
    WHERE d.year = :year
    GROUP BY c.parent_id, d.sex, d.age_group_id
)
SELECT :year, :layer_id, area_id, sex, age_group_id, population, status FROM own
UNION ALL
SELECT :year, :layer_id, area_id, sex, age_group_id, population, status FROM below;
