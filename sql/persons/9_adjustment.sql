-- What the area of residence adds to each list and takes from it, signed, with the decision where there was one: nothing is
-- taken out of a list. Somebody who stands in a list of another area is one less there; and one more at home, unless
-- a list of the same scheme, of the area or of one around it, has the person too. One row an area, other area, scheme and
-- decision.
CREATE TEMP TABLE elsewhere ON COMMIT DROP AS
WITH named AS (  -- the areas of the lists of those who stand in several
    SELECT DISTINCT s.person, s.scheme_id, s.area_id AS listed_id, r.area_id AS home_id
    FROM residence r
    JOIN statement s USING (person)
),
nested AS (
    SELECT n.*, home.tree_left BETWEEN listed.tree_left AND listed.tree_right AS at_home
    FROM named n
    JOIN core.area listed ON listed.area_id = n.listed_id
    JOIN core.area home ON home.area_id = n.home_id
)
SELECT person, scheme_id, listed_id, home_id,
       row_number() OVER (PARTITION BY person, scheme_id ORDER BY listed_id) = 1
       AND NOT EXISTS (SELECT FROM nested h
                       WHERE h.person = n.person AND h.scheme_id = n.scheme_id AND h.at_home) AS gained
FROM nested n
WHERE NOT at_home;

DELETE FROM core.list_adjustment WHERE period_id = :first;

INSERT INTO core.list_adjustment
WITH adjustment AS (
    SELECT listed_id AS area_id, home_id AS other_id, scheme_id, -1 AS persons FROM elsewhere
    UNION ALL
    SELECT home_id, listed_id, scheme_id, 1 FROM elsewhere WHERE gained
)
SELECT :first, a.area_id, a.other_id, a.scheme_id, sum(a.persons), d.decision_id
FROM adjustment a
LEFT JOIN LATERAL (
    SELECT max(decision_id) AS decision_id
    FROM core.residence_decision d
    WHERE d.period_id BETWEEN :first AND :last AND d.ended_at = 'infinity'
      AND (d.area_id, d.other_id) IN ((a.area_id, a.other_id), (a.other_id, a.area_id))
) AS d ON true
GROUP BY a.area_id, a.other_id, a.scheme_id, d.decision_id;

DELETE FROM core.person_elsewhere WHERE period_id = :first;

INSERT INTO core.person_elsewhere
SELECT :first, listed_id, home_id, count(DISTINCT person) FROM elsewhere GROUP BY listed_id, home_id;

DROP TABLE wider, elsewhere;
