-- Every indicator of one period, at every area of touched, by sex, as counts.
--
-- Without persons' names, of schemes that could share a person it is only known that
--     max(schemes) <= persons <= min(sum of schemes, population)
-- Schemes of which no two can share one (a family) add up, so the lower end is the largest family. Where the two
-- ends are one, that is the figure; otherwise it is NULL and the bounds stand.
-- What nobody has said widens the upper bound and nothing else: returns that did not come, schemes that report
-- at a layer above the area, persons without a stated sex or age. A rate is never capped: only the upper bound
-- of what we do not know stops at the population.
CREATE TEMP TABLE fresh ON COMMIT DROP AS
WITH period AS MATERIALIZED (
    SELECT p.*, core.population_year(p.period_id) AS population_year FROM core.period p WHERE p.period_id = :period_id
),
running AS MATERIALIZED (  -- the schemes that report for such a period
    SELECT s.scheme_id, s.layer_id
    FROM core.scheme s, period p
    WHERE s.frequency = p.kind AND s.starts <= p.ends_on AND s.ends > p.starts_on
),
member AS MATERIALIZED (
    SELECT DISTINCT part.indicator_id, part.scheme_id, running.layer_id
    FROM core.indicator_part part
    JOIN running USING (scheme_id)
),
area AS MATERIALIZED (
    SELECT a.area_id, a.layer_id
    FROM touched
    JOIN core.area a USING (area_id)
    CROSS JOIN period p
    WHERE a.valid_from <= p.ends_on AND a.valid_to > p.starts_on
),
-- Lines that feed the same indicators in the same way are alike: they are added up before they are told apart
-- by indicator, sexes side by side, because a national month has 1.7 million of them.
alike AS MATERIALIZED (
    SELECT scheme_id, sex, age_group_id, measure,
           dense_rank() OVER (ORDER BY scheme_id, measure, array_agg((indicator_id, certain)::text ORDER BY indicator_id)) AS kind
    FROM core.indicator_part
    GROUP BY scheme_id, sex, age_group_id, measure
),
feeds AS MATERIALIZED (
    SELECT DISTINCT alike.kind, part.indicator_id, part.certain
    FROM alike
    JOIN core.indicator_part part USING (scheme_id, sex, age_group_id, measure)
),
line AS (
    SELECT c.area_id, c.scheme_id, c.sex, c.age_group_id, c.beneficiaries, c.contributors, c.registered
    FROM touched
    JOIN core.cube c USING (area_id)
    WHERE c.period_id = :period_id
    UNION ALL  -- the bottom layer, whose compilation is its returns
    SELECT a.area_id, r.scheme_id, l.sex, l.age_group_id, l.beneficiaries, l.contributors, l.registered
    FROM area a
    JOIN core.return r USING (area_id)
    JOIN core.scheme_line l USING (period_id, return_id)
    WHERE r.period_id = :period_id
      AND r.dataset = 'scheme_returns'
      AND r.known_to = 'infinity'
      AND a.layer_id = (SELECT max(layer_id) FROM core.layer)
),
added AS (
    SELECT area_id, scheme_id, kind,
           sum(persons) FILTER (WHERE sex = 'F') AS f, sum(persons) FILTER (WHERE sex = 'M') AS m,
           sum(persons) FILTER (WHERE sex = 'X') AS x, sum(persons) FILTER (WHERE sex = 'U') AS u
    FROM (
        SELECT line.area_id, line.scheme_id, alike.kind, line.sex,
               CASE alike.measure WHEN 'contributors' THEN line.contributors WHEN 'registered' THEN line.registered
                    ELSE line.beneficiaries END AS persons
        FROM line
        JOIN alike USING (scheme_id, sex, age_group_id)
    ) AS told
    GROUP BY area_id, scheme_id, kind
),
-- Persons each scheme counts: certainly in the indicator's ages, or of unknown age.
counted AS (
    SELECT a.area_id, feeds.indicator_id, a.scheme_id,
           sum(f) FILTER (WHERE certain) AS f, sum(f) FILTER (WHERE NOT certain) AS f_maybe,
           sum(m) FILTER (WHERE certain) AS m, sum(m) FILTER (WHERE NOT certain) AS m_maybe,
           sum(x) FILTER (WHERE certain) AS x, sum(x) FILTER (WHERE NOT certain) AS x_maybe,
           sum(u) FILTER (WHERE certain) AS u, sum(u) FILTER (WHERE NOT certain) AS u_maybe
    FROM added a
    JOIN feeds USING (kind)
    GROUP BY a.area_id, feeds.indicator_id, a.scheme_id
),
side_by_side AS (
    SELECT area_id, indicator_id,
           sum(f) AS f, sum(f_maybe) AS f_maybe, sum(m) AS m, sum(m_maybe) AS m_maybe,
           sum(x) AS x, sum(x_maybe) AS x_maybe, sum(u) AS u, sum(u_maybe) AS u_maybe
    FROM counted
    GROUP BY area_id, indicator_id
),
family AS (
    SELECT c.area_id, c.indicator_id, family, sum(f) AS f, sum(m) AS m, sum(x) AS x, sum(u) AS u,
           sum(coalesce(f, 0) + coalesce(m, 0) + coalesce(x, 0) + coalesce(u, 0)) AS everybody
    FROM counted c
    JOIN core.indicator_family USING (indicator_id, scheme_id)
    GROUP BY c.area_id, c.indicator_id, family
),
largest AS (
    SELECT area_id, indicator_id, max(f) AS f_most, max(m) AS m_most, max(x) AS x_most, max(u) AS u_most,
           max(everybody) AS most
    FROM family
    GROUP BY area_id, indicator_id
),
together AS MATERIALIZED (
    SELECT area_id, indicator_id, row.sex,
           coalesce(row.total, 0) AS total, coalesce(row.at_least, 0) AS at_least,
           coalesce(row.of_unknown_age, 0) AS of_unknown_age
    FROM side_by_side
    JOIN largest USING (area_id, indicator_id)
    CROSS JOIN LATERAL (VALUES
        ('F'::"char", f, f_most, f_maybe),
        ('M', m, m_most, m_maybe),
        ('X', x, x_most, x_maybe),
        ('U', u, u_most, u_maybe),
        ('T', coalesce(f, 0) + coalesce(m, 0) + coalesce(x, 0) + coalesce(u, 0), most,
              coalesce(f_maybe, 0) + coalesce(m_maybe, 0) + coalesce(x_maybe, 0) + coalesce(u_maybe, 0))
    ) AS row (sex, total, at_least, of_unknown_age)
    WHERE row.total IS NOT NULL OR row.of_unknown_age IS NOT NULL  -- nothing was said of a sex that stands nowhere
),
eligible AS (
    SELECT d.area_id, meant.scheme_id, d.sex, sum(d.population) AS persons
    FROM touched
    JOIN core.denominator d USING (area_id)
    JOIN period p ON d.year = p.population_year
    JOIN core.scheme_cell meant USING (sex, age_group_id)
    GROUP BY d.area_id, meant.scheme_id, d.sex
),
-- Persons who could be covered without anybody having said so: first where a return did not come, then in
-- areas below the layer at which a scheme reports, where nobody can say how many of its persons live.
unheard AS (
    SELECT s.area_id, m.indicator_id, s.sex, s.persons
    FROM touched
    JOIN core.silence s USING (area_id)
    JOIN member m USING (scheme_id)
    WHERE s.period_id = :period_id
    UNION ALL
    SELECT a.area_id, m.indicator_id, coalesce(e.sex, 'U'), e.persons
    FROM area a
    JOIN member m ON m.layer_id < a.layer_id
    LEFT JOIN eligible e USING (area_id, scheme_id)
),
unknown AS MATERIALIZED (
    SELECT area_id, indicator_id, coalesce(sex, 'T') AS sex,
           CASE WHEN bool_or(persons IS NULL) THEN NULL ELSE sum(persons) END AS persons
    FROM unheard
    GROUP BY GROUPING SETS ((area_id, indicator_id, sex), (area_id, indicator_id))
),
-- Whoever is of no stated sex may be a woman or a man: counted in totals, and only a possibility for one sex.
no_sex AS (
    SELECT area_id, indicator_id, total + of_unknown_age AS persons FROM together WHERE sex = 'U'
),
unknown_no_sex AS (
    SELECT area_id, indicator_id, persons FROM unknown WHERE sex = 'U'
),
unseen AS (
    SELECT a.area_id, m.indicator_id
    FROM area a
    JOIN member m ON m.layer_id < a.layer_id
    GROUP BY a.area_id, m.indicator_id
),
reporting AS (
    SELECT r.area_id, m.indicator_id, sum(r.expected) AS expected, sum(r.received) AS received
    FROM touched
    JOIN core.reporting r USING (area_id)
    JOIN member m USING (scheme_id)
    WHERE r.period_id = :period_id AND r.dataset = 'scheme_returns'
    GROUP BY r.area_id, m.indicator_id
),
people AS (
    SELECT d.area_id, cell.indicator_id, coalesce(d.sex, 'T') AS sex, sum(d.population) AS population
    FROM touched
    JOIN core.denominator d USING (area_id)
    JOIN core.indicator_cell cell USING (sex, age_group_id)
    JOIN period p ON d.year = p.population_year
    GROUP BY GROUPING SETS ((d.area_id, cell.indicator_id, d.sex), (d.area_id, cell.indicator_id))
),
cell AS (  -- one row for every figure there is to state
    SELECT area_id, indicator_id, sex FROM people JOIN area USING (area_id)
        WHERE indicator_id IN (SELECT indicator_id FROM member)
    UNION
    SELECT area_id, indicator_id, sex FROM together
    UNION
    SELECT area_id, indicator_id, 'T' FROM area, (SELECT DISTINCT indicator_id FROM member) AS i
),
bound AS (
    SELECT cell.area_id, cell.indicator_id, cell.sex,
           people.population AS denominator,
           coalesce(reporting.expected, 0) AS expected,
           coalesce(reporting.received, 0) AS received,
           coalesce(together.total, 0) AS total,
           coalesce(together.at_least, 0) AS at_least,
           coalesce(together.of_unknown_age, 0)
               + CASE WHEN unknown.indicator_id IS NULL THEN 0 ELSE unknown.persons END
               + CASE WHEN cell.sex NOT IN ('F', 'M', 'X') THEN 0
                      ELSE coalesce(no_sex.persons, 0)
                           + CASE WHEN unknown_no_sex.indicator_id IS NULL THEN 0 ELSE unknown_no_sex.persons END
                 END AS could_be_more,
           unseen.area_id IS NOT NULL AS is_unseen
    FROM cell
    LEFT JOIN together USING (area_id, indicator_id, sex)
    LEFT JOIN no_sex USING (area_id, indicator_id)
    LEFT JOIN unknown USING (area_id, indicator_id, sex)
    LEFT JOIN unknown_no_sex USING (area_id, indicator_id)
    LEFT JOIN unseen USING (area_id, indicator_id)
    LEFT JOIN reporting USING (area_id, indicator_id)
    LEFT JOIN people USING (area_id, indicator_id, sex)
)
SELECT area_id, indicator_id, sex, 0::smallint AS age_group_id,
       CASE WHEN total = at_least AND received > 0 AND NOT is_unseen THEN total END::bigint AS numerator,
       denominator::bigint AS denominator,
       at_least::bigint AS lower_count,
       -- NULL where neither the missing persons nor the population are known (least() passes over NULL)
       CASE WHEN could_be_more IS NOT NULL OR denominator IS NOT NULL
            THEN greatest(at_least, least(total + could_be_more, denominator)) END::bigint AS upper_count,
       expected::integer AS expected,
       received::integer AS received
FROM bound;
