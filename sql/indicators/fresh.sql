-- Every indicator of one period, at every area of claimed, by sex, as counts.
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
    FROM claimed
    JOIN core.area a USING (area_id)
    CROSS JOIN period p
    WHERE a.valid_from <= p.ends_on AND a.valid_to > p.starts_on
),
-- Age groups that every indicator treats alike are one band; a scheme's lines of one sex and band that feed the same
-- indicators are of one kind. They are added up before they are told apart by indicator, sexes side by side, because a
-- national month has 1.7 million of them.
band AS MATERIALIZED (
    SELECT age_group_id,
           dense_rank() OVER (ORDER BY array_agg((indicator_id, scheme_id, sex, measure, certain)::text ORDER BY indicator_id, scheme_id, sex)) AS band
    FROM core.indicator_part
    GROUP BY age_group_id
),
part AS (
    SELECT DISTINCT scheme_id, sex, band, measure, indicator_id, certain
    FROM core.indicator_part
    JOIN band USING (age_group_id)
),
alike AS MATERIALIZED (
    SELECT scheme_id, sex, band, measure,
           dense_rank() OVER (ORDER BY scheme_id, measure, array_agg((indicator_id, certain)::text ORDER BY indicator_id)) AS kind
    FROM part
    GROUP BY scheme_id, sex, band, measure
),
feeds AS MATERIALIZED (
    SELECT DISTINCT alike.kind, part.indicator_id, part.certain
    FROM alike
    JOIN part USING (scheme_id, sex, band, measure)
),
line AS (
    SELECT c.area_id, c.scheme_id, c.sex, band.band, c.beneficiaries, c.contributors, c.registered
    FROM claimed
    JOIN core.scheme_total c USING (area_id)
    JOIN band USING (age_group_id)
    WHERE c.period_id = :period_id
    UNION ALL  -- the bottom layer, whose compilation is its returns
    SELECT a.area_id, r.scheme_id, l.sex, l.band, l.beneficiaries, l.contributors, l.registered
    FROM (
        SELECT return_id, sex, band, core.total(beneficiaries) AS beneficiaries,
               core.total(contributors) AS contributors, core.total(registered) AS registered
        FROM core.scheme_line
        JOIN band USING (age_group_id)
        WHERE period_id = :period_id
        GROUP BY return_id, sex, band
    ) AS l
    JOIN core.return r USING (return_id)
    JOIN area a USING (area_id)
    WHERE r.dataset = 'scheme_returns'
      AND r.known_to = 'infinity'
      AND a.layer_id = (SELECT max(layer_id) FROM core.layer)
),
added AS (
    SELECT area_id, scheme_id, kind,
           core.total(persons) FILTER (WHERE sex = 'F') AS f, core.total(persons) FILTER (WHERE sex = 'M') AS m,
           core.total(persons) FILTER (WHERE sex = 'X') AS x, core.total(persons) FILTER (WHERE sex = 'U') AS u
    FROM (
        SELECT line.area_id, line.scheme_id, alike.kind, line.sex,
               CASE alike.measure WHEN 'contributors' THEN line.contributors WHEN 'registered' THEN line.registered
                    ELSE line.beneficiaries END AS persons
        FROM line
        JOIN alike USING (scheme_id, sex, band)
    ) AS told
    GROUP BY area_id, scheme_id, kind
),
-- Persons each scheme counts: certainly in the indicator's ages, or of unknown age.
counted AS MATERIALIZED (
    SELECT a.area_id, feeds.indicator_id, a.scheme_id,
           core.total(f) FILTER (WHERE certain) AS f, core.total(f) FILTER (WHERE NOT certain) AS f_maybe,
           core.total(m) FILTER (WHERE certain) AS m, core.total(m) FILTER (WHERE NOT certain) AS m_maybe,
           core.total(x) FILTER (WHERE certain) AS x, core.total(x) FILTER (WHERE NOT certain) AS x_maybe,
           core.total(u) FILTER (WHERE certain) AS u, core.total(u) FILTER (WHERE NOT certain) AS u_maybe
    FROM added a
    JOIN feeds USING (kind)
    GROUP BY a.area_id, feeds.indicator_id, a.scheme_id
),
family AS (
    SELECT c.area_id, c.indicator_id, core.total(f) AS f, core.total(m) AS m, core.total(x) AS x, core.total(u) AS u,
           core.total(coalesce(f, 0) + coalesce(m, 0) + coalesce(x, 0) + coalesce(u, 0)) AS everybody
    FROM counted c
    JOIN core.indicator_family USING (indicator_id, scheme_id)
    GROUP BY c.area_id, c.indicator_id, family
),
largest AS (
    SELECT area_id, indicator_id, max(f) AS f_least, max(m) AS m_least, max(x) AS x_least, max(u) AS u_least,
           max(everybody) AS least
    FROM family
    GROUP BY area_id, indicator_id
),
said AS (
    SELECT area_id, indicator_id,
           core.total(f) AS f, core.total(f_maybe) AS f_maybe, core.total(m) AS m, core.total(m_maybe) AS m_maybe,
           core.total(x) AS x, core.total(x_maybe) AS x_maybe, core.total(u) AS u, core.total(u_maybe) AS u_maybe
    FROM counted
    GROUP BY area_id, indicator_id
),
-- Persons who could be covered without anybody having said so: where a return did not come, and in areas below the
-- layer at which a scheme reports (unseen), where nobody can say how many of its persons live. Blind: not even how
-- many persons there are is known.
unheard AS (
    SELECT s.area_id, m.indicator_id, false AS unseen, bool_or(s.persons IS NULL) AS blind,
           core.total(s.persons) FILTER (WHERE s.sex = 'F') AS f, core.total(s.persons) FILTER (WHERE s.sex = 'M') AS m,
           core.total(s.persons) FILTER (WHERE s.sex = 'X') AS x, core.total(s.persons) FILTER (WHERE s.sex = 'U') AS u
    FROM claimed
    JOIN core.nonresponse_population s USING (area_id)
    JOIN member m USING (scheme_id)
    WHERE s.period_id = :period_id
    GROUP BY s.area_id, m.indicator_id
    UNION ALL
    SELECT a.area_id, m.indicator_id, true, bool_or(e.area_id IS NULL), core.total(e.f), core.total(e.m), core.total(e.x), core.total(e.u)
    FROM area a
    CROSS JOIN period p
    JOIN member m ON m.layer_id < a.layer_id
    LEFT JOIN core.eligible e ON e.year = p.population_year AND e.area_id = a.area_id AND e.scheme_id = m.scheme_id
    GROUP BY a.area_id, m.indicator_id
),
unknown AS (
    SELECT area_id, indicator_id, bool_or(unseen) AS unseen, bool_or(blind) AS blind,
           coalesce(core.total(f), 0) AS f, coalesce(core.total(m), 0) AS m, coalesce(core.total(x), 0) AS x, coalesce(core.total(u), 0) AS u
    FROM unheard
    GROUP BY area_id, indicator_id
),
reporting AS (
    SELECT r.area_id, m.indicator_id, core.total(r.expected) AS expected, core.total(r.received) AS received
    FROM claimed
    JOIN core.reporting r USING (area_id)
    JOIN member m USING (scheme_id)
    WHERE r.period_id = :period_id AND r.dataset = 'scheme_returns'
    GROUP BY r.area_id, m.indicator_id
)
SELECT area.area_id, stated.indicator_id, figure.sex, 0::smallint AS age_group_id,
       CASE WHEN figure.total = at_least AND received > 0 AND unseen IS NOT TRUE THEN figure.total END::bigint AS numerator,
       figure.people::bigint AS denominator,
       at_least::bigint AS lower_count,
       -- NULL where neither the missing persons nor the population are known (least() passes over NULL)
       CASE WHEN blind IS NOT TRUE OR figure.people IS NOT NULL
            THEN greatest(at_least, least(CASE WHEN blind IS NOT TRUE THEN figure.total + figure.could_be_more END, figure.people))
       END::bigint AS upper_count,
       coalesce(reporting.expected, 0)::integer AS expected,
       coalesce(reporting.received, 0)::integer AS received
FROM area
CROSS JOIN period
CROSS JOIN (SELECT DISTINCT indicator_id FROM member) AS stated
LEFT JOIN said USING (area_id, indicator_id)
LEFT JOIN largest USING (area_id, indicator_id)
LEFT JOIN unknown USING (area_id, indicator_id)
LEFT JOIN reporting USING (area_id, indicator_id)
LEFT JOIN core.indicator_denominator d
    ON d.year = period.population_year AND d.area_id = area.area_id AND d.indicator_id = stated.indicator_id
CROSS JOIN LATERAL (  -- of no stated sex: counted in totals, and for each sex only a possibility
    SELECT coalesce(said.u, 0) + coalesce(u_maybe, 0) + coalesce(unknown.u, 0) AS persons
) AS no_sex
CROSS JOIN LATERAL (VALUES
    ('F'::"char", d.f, said.f, f_maybe, f_least, coalesce(f_maybe, 0) + coalesce(unknown.f, 0) + no_sex.persons),
    ('M', d.m, said.m, m_maybe, m_least, coalesce(m_maybe, 0) + coalesce(unknown.m, 0) + no_sex.persons),
    ('X', d.x, said.x, x_maybe, x_least, coalesce(x_maybe, 0) + coalesce(unknown.x, 0) + no_sex.persons),
    ('U', d.u, said.u, u_maybe, u_least, coalesce(u_maybe, 0) + coalesce(unknown.u, 0)),
    ('T',
     CASE WHEN d.area_id IS NOT NULL THEN coalesce(d.f, 0) + coalesce(d.m, 0) + coalesce(d.x, 0) + coalesce(d.u, 0) END,
     coalesce(said.f, 0) + coalesce(said.m, 0) + coalesce(said.x, 0) + coalesce(said.u, 0), 0, least,
     coalesce(f_maybe, 0) + coalesce(m_maybe, 0) + coalesce(x_maybe, 0) + coalesce(u_maybe, 0)
         + coalesce(unknown.f, 0) + coalesce(unknown.m, 0) + coalesce(unknown.x, 0) + coalesce(unknown.u, 0))
) AS row (sex, people, total, maybe, least, could_be_more)
CROSS JOIN LATERAL (
    SELECT row.sex, row.people, coalesce(row.total, 0) AS total, coalesce(row.least, 0) AS at_least, could_be_more
    WHERE row.sex = 'T' OR row.people IS NOT NULL OR row.total IS NOT NULL OR row.maybe IS NOT NULL
) AS figure;
