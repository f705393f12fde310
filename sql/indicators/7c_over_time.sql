-- Figures of a year made of its months, for indicators that say how, where the year has no returns of its own.
-- last_month: the figure of the newest month of which the nation has half its returns. mean_of_months, sum_of_months:
-- numerators and denominators of the months are added up and divided at the end; a sum divides by the population of its
-- last month. A coverage that is unknown in one month is unknown for the year, and only its bounds stand.
INSERT INTO figure
WITH month AS (
    SELECT r.period_id, core.total(r.received) * 2 >= core.total(r.expected) AS reported
    FROM core.reporting r
    JOIN core.area a USING (area_id)
    JOIN core.period p USING (period_id)
    WHERE r.period_id BETWEEN :period_id + 101 AND :period_id + 112 AND r.dataset = 'scheme_returns' AND a.layer_id = 0
      AND p.published_at IS NOT NULL
    GROUP BY r.period_id
),
last_month AS (
    SELECT max(period_id) AS period_id FROM month WHERE reported
),
monthly AS (
    SELECT v.*, i.over_time, i.nature, v.period_id = max(v.period_id) OVER same_figure AS newest,
           q.denominator = 'population' AS of_population
    FROM claimed
    JOIN core.indicator_value v USING (area_id)
    JOIN core.indicator i USING (indicator_id)
    LEFT JOIN core.indicator_sum q USING (indicator_id)
    WHERE v.period_id BETWEEN :period_id + 101 AND :period_id + 112
      AND i.nature <> 'gap'
      AND (i.over_time IN ('mean_of_months', 'sum_of_months')
           OR i.over_time = 'last_month' AND v.period_id = (SELECT period_id FROM last_month))
    WINDOW same_figure AS (PARTITION BY v.area_id, v.indicator_id, v.sex, v.age_group_id)
)
SELECT area_id, indicator_id, sex, age_group_id,
       CASE WHEN bool_and(nature = 'sum' OR numerator IS NOT NULL) THEN core.total(numerator) END,
       CASE WHEN bool_and(over_time = 'sum_of_months' AND of_population)
            THEN max(denominator) FILTER (WHERE newest) ELSE core.total(denominator) END,
       core.total(lower_count),
       CASE WHEN bool_and(upper_count IS NOT NULL) THEN core.total(upper_count) END,
       core.total(expected)::integer, core.total(received)::integer
FROM monthly m
WHERE NOT EXISTS (
    SELECT FROM figure f WHERE (f.area_id, f.indicator_id) = (m.area_id, m.indicator_id)
      AND (f.numerator IS NOT NULL OR f.expected > 0))
GROUP BY area_id, indicator_id, sex, age_group_id;
