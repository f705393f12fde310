-- Each coverage of all persons beside the one of the period of its kind before it: as it is now, and as it was when the
-- later period was first published. Grain: indicator, area, period. Where the later one was published first, the earlier
-- one is taken as it is now. `persons` are those counted, or the fewest that there must be.
CREATE VIEW core.figure_pair WITH (security_invoker) AS
SELECT v.indicator_id, v.area_id, v.period_id, b.period_id AS before_id, coalesce(s.looked_back, 'infinity') AS looked_back,
       coalesce(v.numerator, v.lower_count) AS persons, v.denominator, v.version,
       coalesce(s.persons, coalesce(b.numerator, b.lower_count)) AS before_persons,
       CASE WHEN s.looked_back IS NULL THEN b.denominator ELSE s.denominator END AS before_denominator,
       coalesce(s.version, b.version) AS before_version, v.numerator IS NULL OR b.numerator IS NULL AS bounded
FROM core.indicator_value v
JOIN core.indicator i ON i.indicator_id = v.indicator_id AND i.nature = 'coverage'
JOIN core.period p ON p.period_id = v.period_id
CROSS JOIN LATERAL (
    SELECT e.*
    FROM core.period q
    JOIN core.indicator_value e
        ON e.period_id = q.period_id AND (e.area_id, e.indicator_id, e.sex, e.age_group_id)
           = (v.area_id, v.indicator_id, v.sex, v.age_group_id)
    WHERE q.kind = p.kind AND q.starts_on < p.starts_on
    ORDER BY q.starts_on DESC
    LIMIT 1
) AS b
LEFT JOIN LATERAL (
    SELECT least(v.known_from, min(o.known_from)) AS moment
    FROM core.indicator_past o
    WHERE o.period_id = v.period_id AND (o.area_id, o.indicator_id, o.sex, o.age_group_id)
          = (v.area_id, v.indicator_id, v.sex, v.age_group_id)
) AS first ON true
LEFT JOIN LATERAL (
    SELECT first.moment AS looked_back, coalesce(x.numerator, x.lower_count) AS persons, x.denominator, x.version
    FROM (
        SELECT b.numerator, b.denominator, b.lower_count, b.version WHERE b.known_from < first.moment
        UNION ALL
        SELECT o.numerator, o.denominator, o.lower_count, o.version
        FROM core.indicator_past o
        WHERE o.period_id = b.period_id AND (o.area_id, o.indicator_id, o.sex, o.age_group_id)
              = (v.area_id, v.indicator_id, v.sex, v.age_group_id)
          AND o.known_from < first.moment AND o.known_to >= first.moment
    ) AS x
) AS s ON true
WHERE v.sex = 'T' AND v.age_group_id = 0
  -- the parts are made of what lies below and of every scheme
  AND (SELECT core.my_administrator()) IS NULL
  AND ((SELECT core.sees_all()) OR v.area_id IN (SELECT area_id FROM core.my_areas));
