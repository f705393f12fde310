-- Bring core.overlap to the persons found, and say which areas it changed: they are published again.
CREATE TEMP TABLE wider ON COMMIT DROP AS  -- each area that somebody lives in, itself and those above it
WITH RECURSIVE up AS (
    SELECT DISTINCT area_id, area_id AS above_id FROM home
    UNION ALL
    SELECT up.area_id, a.parent_id FROM up JOIN core.area a ON a.area_id = up.above_id WHERE a.parent_id IS NOT NULL
)
SELECT * FROM up;
ANALYZE wider;

CREATE TEMP TABLE cube ON COMMIT DROP AS
WITH scheme_set AS (
    SELECT bits, ARRAY(SELECT scheme_id FROM listed_scheme WHERE bit & bits::varbit = bit ORDER BY scheme_id) AS schemes
    FROM (SELECT DISTINCT schemes AS bits FROM home) AS listed
),
above AS (
    SELECT above_id AS area_id, sex, age_group_id, disability, schemes AS bits, core.total(persons) AS persons,
           coalesce(core.total(persons) FILTER (WHERE above_id = area_id), 0) AS placed_here
    FROM home
    JOIN wider USING (area_id)
    GROUP BY above_id, sex, age_group_id, disability, schemes
)
SELECT area_id, sex, age_group_id, disability, schemes, persons, placed_here FROM above JOIN scheme_set USING (bits);

CREATE TEMP TABLE moved_area ON COMMIT DROP AS
SELECT DISTINCT area_id
FROM cube n
FULL JOIN (SELECT * FROM core.overlap WHERE period_id = :first) AS o
    USING (area_id, sex, age_group_id, disability, schemes)
WHERE (n.persons, n.placed_here) IS DISTINCT FROM (o.persons, o.placed_here);

DELETE FROM core.overlap o USING moved_area m WHERE o.period_id = :first AND o.area_id = m.area_id;

INSERT INTO core.overlap
SELECT :first, area_id, sex, age_group_id, disability, schemes, persons, placed_here
FROM cube
JOIN moved_area USING (area_id);

INSERT INTO core.compile_queue (period_id, stage, area_id, announced_at)
SELECT :first, -1, area_id, clock_timestamp()
FROM moved_area
WHERE :publishes;

DROP TABLE cube, moved_area;
