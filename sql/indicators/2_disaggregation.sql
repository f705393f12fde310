-- Which lines of a scheme are counted alike. Age groups that every indicator treats alike are one band; lines of a
-- scheme whose measure goes into the same indicators, with the same certainty, share an input. They are added up before
-- they are told apart by indicator, because a national month has 1.7 million of them.
-- One row a scheme, sex, age group and measure. An input belongs to one scheme and one measure.
CREATE TEMP TABLE disaggregation ON COMMIT DROP AS
WITH age_band AS (
    SELECT age_group_id,
           dense_rank() OVER (ORDER BY array_agg((indicator_id, scheme_id, sex, measure, certain)::text
                                                 ORDER BY indicator_id, scheme_id, sex)) AS band
    FROM core.indicator_part
    GROUP BY age_group_id
),
counted AS (
    SELECT scheme_id, sex, age_group_id, measure,
           array_agg((indicator_id, certain)::text ORDER BY indicator_id) AS indicators
    FROM core.indicator_part
    GROUP BY scheme_id, sex, age_group_id, measure
)
SELECT scheme_id, sex, age_group_id, band, measure, dense_rank() OVER (ORDER BY scheme_id, measure, indicators) AS input
FROM counted
JOIN age_band USING (age_group_id);
ANALYZE disaggregation;
