-- Persons reported for each indicator by all its schemes together, and the fewest that these can be. Persons whom lists name
-- are known, each once, whatever schemes list them. Of those whom other schemes count without naming them it is only
-- known that as many of them as could be among the persons of the lists may be (persons/listed.sql); all others are persons
-- besides. Schemes of which no two can share a person (a family) add up, so an indicator covers at least
--     persons of lists + the largest family's sum of what each scheme counts beyond those who could be among them
-- Without lists that is the largest family, and with lists alone all schemes' persons, exactly.
-- One row an area and indicator.
CREATE TEMP TABLE reported ON COMMIT DROP AS
WITH beyond AS (
    SELECT c.area_id, c.indicator_id, c.scheme_id,
           CASE WHEN a.area_id IS NULL THEN c.f ELSE greatest(c.f - a.f, 0) END AS f,
           CASE WHEN a.area_id IS NULL THEN c.m ELSE greatest(c.m - a.m, 0) END AS m,
           CASE WHEN a.area_id IS NULL THEN c.x ELSE greatest(c.x - a.x, 0) END AS x,
           CASE WHEN a.area_id IS NULL THEN c.u ELSE greatest(c.u - a.u, 0) END AS u,
           CASE WHEN a.area_id IS NULL THEN c.all_sexes ELSE greatest(c.all_sexes - a.all_sexes, 0) END AS all_sexes
    FROM (
        SELECT *, coalesce(f, 0) + coalesce(m, 0) + coalesce(x, 0) + coalesce(u, 0) AS all_sexes FROM counted
    ) AS c
    LEFT JOIN among_listed a USING (area_id, indicator_id, scheme_id)
),
family AS (
    SELECT area_id, indicator_id, core.total(f) AS f, core.total(m) AS m, core.total(x) AS x, core.total(u) AS u,
           core.total(all_sexes) AS all_sexes
    FROM beyond
    JOIN core.indicator_family USING (indicator_id, scheme_id)
    GROUP BY area_id, indicator_id, family
),
largest AS (
    SELECT area_id, indicator_id, max(f) AS f_least, max(m) AS m_least, max(x) AS x_least, max(u) AS u_least,
           max(all_sexes) AS least
    FROM family
    GROUP BY area_id, indicator_id
),
summed AS (
    SELECT area_id, indicator_id,
           core.total(f) AS f, core.total(f_maybe) AS f_maybe, core.total(m) AS m, core.total(m_maybe) AS m_maybe,
           core.total(x) AS x, core.total(x_maybe) AS x_maybe, core.total(u) AS u, core.total(u_maybe) AS u_maybe
    FROM counted
    GROUP BY area_id, indicator_id
)
SELECT area_id, indicator_id,
       CASE WHEN l.f IS NULL THEN s.f ELSE l.f + coalesce(s.f, 0) END AS f,
       CASE WHEN l.m IS NULL THEN s.m ELSE l.m + coalesce(s.m, 0) END AS m,
       CASE WHEN l.x IS NULL THEN s.x ELSE l.x + coalesce(s.x, 0) END AS x,
       CASE WHEN l.u IS NULL THEN s.u ELSE l.u + coalesce(s.u, 0) END AS u,
       CASE WHEN l.f_maybe IS NULL THEN s.f_maybe ELSE l.f_maybe + coalesce(s.f_maybe, 0) END AS f_maybe,
       CASE WHEN l.m_maybe IS NULL THEN s.m_maybe ELSE l.m_maybe + coalesce(s.m_maybe, 0) END AS m_maybe,
       CASE WHEN l.x_maybe IS NULL THEN s.x_maybe ELSE l.x_maybe + coalesce(s.x_maybe, 0) END AS x_maybe,
       CASE WHEN l.u_maybe IS NULL THEN s.u_maybe ELSE l.u_maybe + coalesce(s.u_maybe, 0) END AS u_maybe,
       CASE WHEN l.f IS NULL THEN f_least ELSE l.f + coalesce(f_least, 0) END AS f_least,
       CASE WHEN l.m IS NULL THEN m_least ELSE l.m + coalesce(m_least, 0) END AS m_least,
       CASE WHEN l.x IS NULL THEN x_least ELSE l.x + coalesce(x_least, 0) END AS x_least,
       CASE WHEN l.u IS NULL THEN u_least ELSE l.u + coalesce(u_least, 0) END AS u_least,
       CASE WHEN l.all_sexes IS NULL THEN least ELSE l.all_sexes + coalesce(least, 0) END AS least
FROM summed s
LEFT JOIN largest USING (area_id, indicator_id)
FULL JOIN listed l USING (area_id, indicator_id);
