-- A figure is persons ÷ population, so a part moves it by its persons ÷ the later population; what is left is
--     persons before ÷ later population − persons before ÷ earlier population,
-- which the population did. The parts add up to the movement of the persons, and of the figure.
CREATE VIEW mart.movement WITH (security_invoker) AS
SELECT i.code AS indicator, a.code AS area_code, l.code AS area_level, p.key AS period, q.key AS before_period, m.part,
       m.persons, m.share, f.before_persons, f.persons AS persons_now,
       f.before_persons::double precision / nullif(f.before_denominator, 0) AS before_value,
       f.persons::double precision / nullif(f.denominator, 0) AS value, f.bounded
FROM core.figure_pair f
JOIN core.indicator i ON i.indicator_id = f.indicator_id
JOIN core.area a ON a.area_id = f.area_id
JOIN core.layer l ON l.layer_id = a.layer_id
JOIN core.period p ON p.period_id = f.period_id
JOIN core.period q ON q.period_id = f.before_id
CROSS JOIN LATERAL (
    WITH part AS MATERIALIZED (
        SELECT named.part, coalesce(sum(s.persons), 0)::bigint AS persons
        FROM (VALUES ('reported'), ('new_returns'), ('silence'), ('corrections')) AS named (part)
        LEFT JOIN core.movement_of(i.indicator_id, a.area_id, f.before_id, p.period_id, f.looked_back) s USING (part)
        GROUP BY named.part
    )
    SELECT x.part, x.persons, x.persons::double precision / nullif(f.denominator, 0) AS share
    FROM (
        SELECT part.part, part.persons FROM part
        UNION ALL
        SELECT CASE WHEN f.version = f.before_version THEN 'overlap' ELSE 'definition' END,
               f.persons - f.before_persons - (SELECT sum(part.persons) FROM part)::bigint
    ) AS x
    UNION ALL
    SELECT 'population', 0, f.before_persons::double precision / nullif(f.denominator, 0)
                            - f.before_persons::double precision / nullif(f.before_denominator, 0)
) AS m;
