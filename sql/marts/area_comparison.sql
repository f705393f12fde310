-- Places are by the figure where it is known, else by the least that it must be. Those alike are looked up area by area,
-- so that asking for some areas reads only theirs.
CREATE VIEW mart.area_comparison WITH (security_invoker) AS
SELECT i.code AS indicator, a.code AS area_code, l.code AS area_level, p.key AS period, x.value,
       v.lower_count::double precision / nullif(v.denominator, 0) AS lower_bound,
       v.upper_count::double precision / nullif(v.denominator, 0) AS upper_bound,
       CASE WHEN x.least IS NOT NULL THEN alike.higher + 1 END AS place, alike.areas, alike.middle
FROM core.indicator_value v
JOIN core.indicator i ON i.indicator_id = v.indicator_id AND i.nature = 'coverage'
JOIN core.area a ON a.area_id = v.area_id
JOIN core.layer l ON l.layer_id = a.layer_id
JOIN core.period p ON p.period_id = v.period_id
CROSS JOIN LATERAL (
    SELECT v.numerator::double precision / nullif(v.denominator, 0) AS value,
           coalesce(v.numerator, v.lower_count)::double precision / nullif(v.denominator, 0) AS least
) AS x
CROSS JOIN LATERAL (
    SELECT count(o.least) AS areas, count(*) FILTER (WHERE o.least > x.least) AS higher,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY o.least) AS middle
    FROM (
        SELECT coalesce(w.numerator, w.lower_count)::double precision / nullif(w.denominator, 0) AS least
        FROM core.area b
        JOIN core.indicator_value w
            ON (w.period_id, w.area_id, w.indicator_id, w.sex, w.age_group_id)
               = (v.period_id, b.area_id, v.indicator_id, v.sex, v.age_group_id)
        WHERE b.parent_id = a.parent_id
    ) AS o
) AS alike
WHERE v.sex = 'T' AND v.age_group_id = 0;
