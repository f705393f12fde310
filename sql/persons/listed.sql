-- What the lists of a period say about its indicators at the areas of claimed (no_lists.sql has the tables).
CREATE TEMP TABLE upward ON COMMIT DROP AS  -- each of the areas, with itself and those above it
WITH RECURSIVE up AS (
    SELECT area_id, area_id AS above_id FROM core.area
    UNION ALL
    SELECT up.area_id, a.parent_id FROM up JOIN core.area a ON a.area_id = up.above_id WHERE a.parent_id IS NOT NULL
)
SELECT up.area_id, up.above_id, a.layer_id AS above_layer_id FROM up JOIN core.area a ON a.area_id = up.above_id;
ANALYZE upward;

INSERT INTO listed_count
SELECT c.area_id, r.scheme_id, l.sex, l.age_group_id, core.total(l.beneficiaries)
FROM core.listed_area k
JOIN core.return r ON (r.period_id, r.area_id, r.scheme_id) = (k.period_id, k.area_id, k.scheme_id)
JOIN core.scheme_line l ON l.period_id = r.period_id AND l.return_id = r.return_id
JOIN upward u ON u.area_id = k.area_id
JOIN claimed c ON c.area_id = u.above_id
WHERE k.period_id = :period_id AND r.dataset = 'scheme_returns' AND r.known_to = 'infinity'
GROUP BY c.area_id, r.scheme_id, l.sex, l.age_group_id;

INSERT INTO placed_by_list
SELECT c.area_id, k.scheme_id
FROM claimed c
JOIN upward u USING (area_id)
JOIN core.listed_area k ON k.area_id = u.above_id
WHERE k.period_id = :period_id AND NOT k.partial AND u.above_id <> u.area_id;

-- Persons who are alike to every indicator.
CREATE TEMP TABLE alike ON COMMIT DROP AS
SELECT row_number() OVER () AS alike_id, *
FROM (SELECT DISTINCT sex, age_group_id, schemes FROM core.overlap WHERE period_id = :period_id) AS o;

-- Which indicators count them, by the schemes that list them and report for such a period.
CREATE TEMP TABLE covered ON COMMIT DROP AS
SELECT k.alike_id, part.indicator_id, bool_or(part.certain) AS certain
FROM alike k
JOIN core.indicator_part part USING (sex, age_group_id)
JOIN core.scheme s USING (scheme_id)
JOIN core.period p ON p.period_id = :period_id AND p.kind = s.frequency
WHERE part.scheme_id = ANY (k.schemes) AND part.measure = 'beneficiaries'
GROUP BY k.alike_id, part.indicator_id;

CREATE TEMP TABLE here ON COMMIT DROP AS
SELECT area_id, alike_id, sex, core.total(persons) AS persons
FROM claimed
JOIN core.overlap o USING (area_id)
JOIN alike USING (sex, age_group_id, schemes)
WHERE o.period_id = :period_id
GROUP BY area_id, alike_id, sex;

-- Somebody who is listed nowhere is not covered by what is listed: zero is said where a list is, of women and of men.
INSERT INTO listed
SELECT area_id, indicator_id,
       coalesce(core.total(persons) FILTER (WHERE sex = 'F' AND certain), CASE WHEN bool_or(sex = 'F') THEN 0 END),
       coalesce(core.total(persons) FILTER (WHERE sex = 'M' AND certain), CASE WHEN bool_or(sex = 'M') THEN 0 END),
       core.total(persons) FILTER (WHERE sex = 'X' AND certain), core.total(persons) FILTER (WHERE sex = 'U' AND certain),
       core.total(persons) FILTER (WHERE sex = 'F' AND NOT certain), core.total(persons) FILTER (WHERE sex = 'M' AND NOT certain),
       core.total(persons) FILTER (WHERE sex = 'X' AND NOT certain), core.total(persons) FILTER (WHERE sex = 'U' AND NOT certain),
       coalesce(core.total(persons) FILTER (WHERE certain), 0)
FROM (
    SELECT area_id, indicator_id, sex, persons, certain FROM here JOIN covered USING (alike_id)
    UNION ALL
    SELECT l.area_id, part.indicator_id, part.sex, 0, true
    FROM (
        SELECT c.area_id, k.scheme_id
        FROM core.listed_area k
        JOIN upward u USING (area_id)
        JOIN claimed c ON c.area_id = u.above_id
        WHERE k.period_id = :period_id
        UNION
        SELECT area_id, scheme_id FROM placed_by_list
    ) AS l
    JOIN (
        SELECT DISTINCT p.indicator_id, p.scheme_id, p.sex
        FROM core.indicator_part p
        JOIN core.scheme_cell USING (scheme_id, sex, age_group_id)
        WHERE p.measure = 'beneficiaries' AND p.certain AND p.sex IN ('F', 'M')
    ) AS part USING (scheme_id)
) AS said
GROUP BY area_id, indicator_id;

-- Somebody could be among those whom a scheme counts if it is meant for persons like that, no list of the scheme has the
-- person already, and the indicator's schemes are not said to be disjoint.
INSERT INTO among_listed
SELECT h.area_id, b.indicator_id, b.scheme_id,
       coalesce(core.total(persons) FILTER (WHERE h.sex = 'F'), 0), coalesce(core.total(persons) FILTER (WHERE h.sex = 'M'), 0),
       coalesce(core.total(persons) FILTER (WHERE h.sex = 'X'), 0), coalesce(core.total(persons) FILTER (WHERE h.sex = 'U'), 0),
       coalesce(core.total(persons), 0)
FROM here h
JOIN (
    SELECT DISTINCT k.alike_id, v.indicator_id, part.scheme_id
    FROM alike k
    JOIN covered v USING (alike_id)
    JOIN core.indicator i USING (indicator_id)
    JOIN core.indicator_part part USING (indicator_id)
    JOIN core.scheme_cell e USING (scheme_id)
    WHERE v.certain AND i.definition -> 'numerator' ->> 'together' IS DISTINCT FROM 'disjoint'
      AND (part.measure <> 'beneficiaries' OR part.scheme_id <> ALL (k.schemes))
      AND k.sex IN (e.sex, 'U') AND k.age_group_id IN (e.age_group_id, 0)
) AS b USING (alike_id)
GROUP BY h.area_id, b.indicator_id, b.scheme_id;

INSERT INTO placed_above
SELECT c.area_id, part.indicator_id, o.sex, sum(o.placed_here)
FROM claimed c
JOIN upward u ON u.area_id = c.area_id AND u.above_id <> u.area_id
JOIN core.overlap o ON o.period_id = :period_id AND o.area_id = u.above_id AND o.placed_here > 0
JOIN core.indicator_part part ON part.sex = o.sex AND part.age_group_id = o.age_group_id AND part.scheme_id = ANY (o.schemes)
JOIN placed_by_list l ON l.area_id = c.area_id AND l.scheme_id = part.scheme_id
WHERE part.measure = 'beneficiaries'
GROUP BY c.area_id, part.indicator_id, o.sex;
