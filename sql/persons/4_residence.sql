-- Where persons live whom lists place in several areas. One row a person of these.
--
-- An area within another says where in it somebody lives, so the wider one is no other place. Of areas apart from each other
-- it is the one that was decided on (core.residence_decision), in a year as it was decided last for one of its months; else
-- the one in most lists; else that of the lowest layer; else the one whose code comes first. Nothing of it depends on which
-- list came first.
CREATE TEMP TABLE residence ON COMMIT DROP AS
WITH listed AS (
    SELECT person, area_id, count(DISTINCT (scheme_id, period_id)) AS lists
    FROM statement
    WHERE person IN (SELECT person FROM statement GROUP BY person HAVING min(area_id) < max(area_id))
    GROUP BY person, area_id
),
place AS (
    SELECT listed.*, a.layer_id, a.code, a.tree_left, a.tree_right FROM listed JOIN core.area a USING (area_id)
),
apart AS (
    SELECT * FROM place p
    WHERE NOT EXISTS (SELECT FROM place inner_place
                      WHERE inner_place.person = p.person AND inner_place.area_id <> p.area_id
                        AND inner_place.tree_left BETWEEN p.tree_left AND p.tree_right)
),
decided AS (  -- the areas decided against
    SELECT p.person, p.area_id, max(d.decision_id) AS decision_id
    FROM apart p
    JOIN core.residence_decision d
        ON d.other_id = p.area_id AND d.period_id BETWEEN :first AND :last AND d.ended_at = 'infinity'
    JOIN apart other ON other.person = p.person AND other.area_id = d.area_id
    GROUP BY p.person, p.area_id
)
SELECT DISTINCT ON (p.person) p.person, p.area_id
FROM apart p
LEFT JOIN decided d USING (person, area_id)
ORDER BY p.person, d.decision_id NULLS FIRST, p.lists DESC, p.layer_id DESC, p.code COLLATE "C";
ANALYZE residence;
