-- The fewest areas of one layer whose missing returns together hold two thirds of the persons whom the nation's missing
-- returns could hold: of the lowest layer where five areas or fewer do, else of the highest.
CREATE VIEW mart.doubt_concentration WITH (security_invoker) AS
WITH held AS (
    SELECT i.code AS indicator, p.key AS period, n.period_id, n.layer_id, a.code AS area_code, core.total(n.persons) AS persons
    FROM core.nonresponse_population n
    JOIN core.period p USING (period_id)
    JOIN (SELECT DISTINCT indicator_id, scheme_id FROM core.indicator_part) AS part USING (scheme_id)
    JOIN core.indicator i USING (indicator_id)
    JOIN core.area a USING (area_id)
    WHERE n.persons > 0
    GROUP BY i.code, p.key, n.period_id, n.layer_id, a.code
),
ranked AS (
    SELECT *,
           row_number() OVER by_size AS position,
           sum(persons) OVER by_size AS together,
           sum(persons) FILTER (WHERE layer_id = 0) OVER (PARTITION BY indicator, period, period_id) AS whole
    FROM held
    WINDOW by_size AS (PARTITION BY indicator, period, period_id, layer_id ORDER BY persons DESC, area_code
                       ROWS UNBOUNDED PRECEDING)
),
enough AS (
    SELECT indicator, period, period_id, layer_id, array_agg(area_code ORDER BY position) AS area_codes, count(*) AS areas,
           (max(together) / max(whole))::double precision AS share
    FROM ranked
    WHERE layer_id > 0 AND (together - persons) * 3 < whole * 2
    GROUP BY indicator, period, period_id, layer_id
    HAVING max(together) * 3 >= max(whole) * 2
)
SELECT DISTINCT ON (indicator, period, period_id) indicator, period, period_id, l.code AS area_level, areas, share, area_codes
FROM enough
JOIN core.layer l USING (layer_id)
ORDER BY indicator, period, period_id, areas <= 5 DESC, CASE WHEN areas <= 5 THEN -layer_id ELSE layer_id END;
