-- Every indicator of one period, at every area of claimed that stood then, by sex, as counts (persons, and returns).
-- One row an area, indicator and sex (T: all together); none of a sex of which nothing is reported or known.
--
-- Without persons' names, of schemes that could share a person it is only known that
--     max(schemes) <= persons <= min(sum of schemes, population)
-- Where the two ends are one, that is the numerator; otherwise it is NULL and the bounds stand.
-- What nobody reported widens the upper bound: returns that did not come, lines that they leave out, schemes that report
-- at a layer above the area, persons without a stated sex or age. Of what not one return says a word there is no
-- numerator: missing is not zero. `received` counts the returns that leave nothing out that the figure counts. A rate is
-- never capped: only the upper bound of what is not known stops at the population.
CREATE TEMP TABLE figure ON COMMIT DROP AS
WITH cell AS (
    SELECT a.area_id, i.indicator_id
    FROM claimed
    JOIN core.area a USING (area_id)
    JOIN core.period p ON p.period_id = :period_id AND a.valid_from <= p.ends_on AND a.valid_to > p.ends_on
    CROSS JOIN (SELECT DISTINCT indicator_id, levels FROM indicator_scheme) AS i
    WHERE i.levels IS NULL OR a.layer_id = ANY (i.levels)
),
by_sex AS MATERIALIZED (
    SELECT area_id, indicator_id, sex,
           CASE sex WHEN 'F' THEN d.f WHEN 'M' THEN d.m WHEN 'X' THEN d.x WHEN 'U' THEN d.u
                ELSE CASE WHEN d.year IS NOT NULL
                          THEN coalesce(d.f, 0) + coalesce(d.m, 0) + coalesce(d.x, 0) + coalesce(d.u, 0) END
           END AS population,
           CASE sex WHEN 'F' THEN r.f WHEN 'M' THEN r.m WHEN 'X' THEN r.x WHEN 'U' THEN r.u
                ELSE CASE WHEN coalesce(r.f, r.m, r.x, r.u) IS NOT NULL
                          THEN coalesce(r.f, 0) + coalesce(r.m, 0) + coalesce(r.x, 0) + coalesce(r.u, 0) END
           END AS persons,
           CASE sex WHEN 'F' THEN f_maybe WHEN 'M' THEN m_maybe WHEN 'X' THEN x_maybe WHEN 'U' THEN u_maybe
                ELSE CASE WHEN coalesce(f_maybe, m_maybe, x_maybe, u_maybe) IS NOT NULL
                          THEN coalesce(f_maybe, 0) + coalesce(m_maybe, 0) + coalesce(x_maybe, 0) + coalesce(u_maybe, 0) END
           END AS maybe,
           CASE sex WHEN 'F' THEN f_least WHEN 'M' THEN m_least WHEN 'X' THEN x_least WHEN 'U' THEN u_least
                ELSE least END AS least,
           CASE sex WHEN 'F' THEN n.f WHEN 'M' THEN n.m WHEN 'X' THEN n.x WHEN 'U' THEN n.u
                ELSE n.f + n.m + n.x + n.u END AS unreported,
           -- of no stated sex: counted in totals, and for each sex only a possibility; a remainder may be negative
           CASE WHEN sex IN ('F', 'M', 'X') AND coalesce(r.u, u_maybe, n.u) IS NOT NULL
                THEN greatest(coalesce(r.u, 0) + coalesce(u_maybe, 0), 0) + coalesce(n.u, 0) END AS no_sex,
           sex IN ('F', 'M', 'X') AND coalesce(r.u, u_maybe) IS NOT NULL AS some_of_no_sex,
           CASE sex WHEN 'F' THEN n.f_unknown WHEN 'M' THEN n.m_unknown WHEN 'X' THEN n.x_unknown
                    WHEN 'U' THEN n.u_unknown ELSE n.unknown END IS TRUE AS population_unknown,
           n.below_scheme, coalesce(c.expected, 0) AS expected,
           coalesce(c.received - CASE sex WHEN 'F' THEN f_lacking WHEN 'M' THEN m_lacking WHEN 'X' THEN x_lacking
                                          WHEN 'U' THEN 0 ELSE lacking END, 0) AS received
    FROM cell
    LEFT JOIN reported r USING (area_id, indicator_id)
    LEFT JOIN unreported n USING (area_id, indicator_id)
    LEFT JOIN completeness c USING (area_id, indicator_id)
    LEFT JOIN (
        SELECT * FROM core.indicator_denominator WHERE year = (SELECT core.population_year(:period_id))
    ) AS d USING (area_id, indicator_id)
    CROSS JOIN (VALUES ('F'::"char"), ('M'), ('X'), ('U'), ('T')) AS sexes (sex)
)
SELECT area_id, indicator_id, by_sex.sex, 0::smallint AS age_group_id,
       CASE WHEN coalesce(persons, 0) = coalesce(least, 0) AND below_scheme IS NOT TRUE
             AND (persons IS NOT NULL OR received > 0 AND maybe IS NULL AND NOT some_of_no_sex)
            THEN coalesce(persons, 0) END AS numerator,
       population AS denominator,
       coalesce(least, 0) AS lower_count,
       -- NULL where neither the missing persons nor the population are known (least() passes over NULL)
       CASE WHEN NOT population_unknown OR population IS NOT NULL
            THEN greatest(coalesce(least, 0), least(
                CASE WHEN NOT population_unknown
                     THEN coalesce(persons, 0) + coalesce(maybe, 0) + coalesce(unreported, 0) + coalesce(no_sex, 0) END,
                population))
       END AS upper_count,
       expected::integer, received::integer
FROM by_sex
JOIN core.indicator i USING (indicator_id)
WHERE by_sex.sex = 'T'
   OR (population IS NOT NULL OR persons IS NOT NULL OR maybe IS NOT NULL)
      AND (i.sexes IS NULL OR by_sex.sex = ANY (i.sexes));
