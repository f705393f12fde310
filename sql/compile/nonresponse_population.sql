-- How many persons the missing returns could hold: everybody for whom the scheme is meant, in each area that
-- filed nothing; in an area whose return stands in part, everybody beyond those already counted.
-- One unknown population makes the sum unknown (NULL), because a bound must not look tighter than it is.
DELETE FROM core.nonresponse_population s USING claimed t WHERE s.period_id = :period_id AND s.area_id = t.area_id;

INSERT INTO core.nonresponse_population
WITH unreported AS MATERIALIZED (
    SELECT a.area_id, s.scheme_id, r.return_id
    FROM claimed
    JOIN core.area a USING (area_id)
    CROSS JOIN core.scheme s
    CROSS JOIN (SELECT * FROM core.period WHERE period_id = :period_id) AS p
    LEFT JOIN core.return r
        ON r.period_id = p.period_id AND r.dataset = 'scheme_returns' AND r.scheme_id = s.scheme_id
        AND r.area_id = a.area_id AND r.known_to = 'infinity'
    WHERE a.valid_from <= p.ends_on AND a.valid_to > p.ends_on
      AND s.layer_id = :layer_id AND s.unit = 'persons' AND s.frequency = p.kind AND s.starts <= p.ends_on AND s.ends > p.starts_on
      AND (r.return_id IS NULL OR r.partial)
),
eligible AS MATERIALIZED (
    SELECT e.area_id, e.scheme_id, by_sex.sex, by_sex.persons
    FROM unreported
    JOIN core.eligible e USING (area_id, scheme_id)
    CROSS JOIN LATERAL (VALUES ('F'::"char", f), ('M', m), ('X', x), ('U', u)) AS by_sex (sex, persons)
    WHERE e.year = core.population_year(:period_id) AND by_sex.persons IS NOT NULL
),
reported AS MATERIALIZED (  -- persons counted in the returns that stand in part
    SELECT l.return_id, l.sex, core.total(l.beneficiaries) AS persons
    FROM core.scheme_line l
    JOIN unreported USING (return_id)
    WHERE l.period_id = :period_id
    GROUP BY l.return_id, l.sex
),
own AS (  -- an area without a known population gets one row of unstated sex and unknown number
    SELECT unreported.area_id, unreported.scheme_id, coalesce(e.sex, 'U') AS sex,
           CASE WHEN unreported.return_id IS NULL THEN e.persons
                WHEN e.persons IS NOT NULL THEN greatest(e.persons - coalesce(reported.persons, 0), 0) END AS persons
    FROM unreported
    LEFT JOIN eligible e USING (area_id, scheme_id)
    LEFT JOIN reported ON reported.return_id = unreported.return_id AND reported.sex = e.sex
),
below AS (
    SELECT t.area_id, b.scheme_id, b.sex, b.persons
    FROM claimed t
    JOIN core.area a ON a.parent_id = t.area_id
    JOIN core.nonresponse_population b ON b.area_id = a.area_id AND b.period_id = :period_id
)
SELECT :period_id, :layer_id, area_id, scheme_id, sex,
       CASE WHEN bool_or(persons IS NULL) THEN NULL ELSE core.total(persons) END
FROM (SELECT * FROM own UNION ALL SELECT * FROM below) AS own_and_below
GROUP BY area_id, scheme_id, sex;
