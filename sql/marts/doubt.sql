-- The persons whom a missing return could hold are those that it adds to the upper end of the nation's interval
-- (sql/indicators/5_unreported.sql), so those that hold most close most, whichever and however many are taken together.
CREATE VIEW mart.doubt WITH (security_invoker) AS
WITH missing AS (
    SELECT n.period_id, n.area_id, n.scheme_id,
           CASE WHEN bool_and(n.persons IS NOT NULL) THEN core.total(n.persons) END AS persons
    FROM core.nonresponse_population n
    JOIN core.scheme s USING (scheme_id)
    WHERE n.layer_id = s.layer_id
    GROUP BY n.period_id, n.area_id, n.scheme_id
),
doubt AS (
    SELECT i.code AS indicator, p.key AS period, m.period_id, a.code AS area_code, l.code AS area_level, s.code AS scheme, m.persons,
           coalesce(d.f, 0) + coalesce(d.m, 0) + coalesce(d.x, 0) + coalesce(d.u, 0) AS population
    FROM missing m
    JOIN core.period p USING (period_id)
    JOIN (SELECT DISTINCT indicator_id, scheme_id FROM core.indicator_part) AS part USING (scheme_id)
    JOIN core.indicator i USING (indicator_id)
    JOIN core.scheme s USING (scheme_id)
    JOIN core.area a USING (area_id)
    JOIN core.layer l ON l.layer_id = a.layer_id
    LEFT JOIN core.indicator_denominator d
        ON d.year = (SELECT core.population_year(p.period_id)) AND d.indicator_id = part.indicator_id
        AND d.area_id = (SELECT root.area_id FROM core.area root WHERE root.layer_id = 0 LIMIT 1)
    WHERE m.persons > 0 OR m.persons IS NULL
)
SELECT indicator, period, period_id, area_code, area_level, scheme, persons,
       persons::double precision / nullif(population, 0) AS closes,
       (persons / sum(persons) OVER (PARTITION BY indicator, period, period_id))::double precision AS share,
       row_number() OVER (PARTITION BY indicator, period, period_id ORDER BY persons DESC NULLS FIRST, area_code, scheme) AS position
FROM doubt;
