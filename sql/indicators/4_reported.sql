-- Persons reported for each indicator by all its schemes together, and the fewest that these can be. Schemes of which no
-- two can share a person (a family) add up, so an indicator covers at least as many as its largest family.
-- One row an area and indicator.
CREATE TEMP TABLE reported ON COMMIT DROP AS
WITH family AS (
    SELECT area_id, indicator_id, core.total(f) AS f, core.total(m) AS m, core.total(x) AS x, core.total(u) AS u,
           core.total(coalesce(f, 0) + coalesce(m, 0) + coalesce(x, 0) + coalesce(u, 0)) AS all_sexes
    FROM counted
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
SELECT *
FROM summed
LEFT JOIN largest USING (area_id, indicator_id);
