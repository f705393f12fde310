-- Every figure beside the one that took its place. Of a rate n ÷ d: the counts moved it by n′÷d − n÷d, and the denominator
-- by n′÷d′ − n′÷d; together that is the whole difference, nothing is left over.
CREATE VIEW mart.indicator_change WITH (security_invoker) AS
SELECT i.code AS indicator, a.code AS area_code, l.code AS area_level, p.key AS period,
       CASE o.sex WHEN 'T' THEN '_T' ELSE o.sex::text END AS sex, g.code AS age_group, o.known_to AS changed_at,
       CASE WHEN o.version <> n.version THEN 'definition'
            WHEN NOT population.divides OR o.denominator IS NOT DISTINCT FROM n.denominator THEN 'returns'
            WHEN (o.numerator, o.lower_count, o.expected, o.received)
                 IS NOT DISTINCT FROM (n.numerator, n.lower_count, n.expected, n.received) THEN 'denominator'
            ELSE 'returns_and_denominator' END AS cause,
       core.whole(o.numerator, i.nature, i.numerator_parts) AS numerator_before,
       core.whole(n.numerator, i.nature, i.numerator_parts) AS numerator,
       core.whole(o.denominator, i.nature, i.denominator_parts) AS denominator_before,
       core.whole(n.denominator, i.nature, i.denominator_parts) AS denominator,
       rate.before AS value_before, rate.after AS value, rate.recounted - rate.before AS by_counts,
       rate.after - rate.recounted AS by_denominator, o.version AS version_before, n.version
FROM core.indicator_past o
JOIN (
    SELECT period_id, area_id, indicator_id, sex, age_group_id, numerator, denominator, lower_count, expected, received,
           known_from, version
    FROM core.indicator_value
    UNION ALL
    SELECT period_id, area_id, indicator_id, sex, age_group_id, numerator, denominator, lower_count, expected, received,
           known_from, version
    FROM core.indicator_past
) AS n
    ON (n.period_id, n.area_id, n.indicator_id, n.sex, n.age_group_id, n.known_from)
       = (o.period_id, o.area_id, o.indicator_id, o.sex, o.age_group_id, o.known_to)
JOIN core.indicator i ON i.indicator_id = o.indicator_id
JOIN core.area a ON a.area_id = o.area_id
JOIN core.layer l USING (layer_id)
JOIN core.period p ON p.period_id = o.period_id
JOIN core.age_group g ON g.age_group_id = o.age_group_id
CROSS JOIN LATERAL (
    SELECT EXISTS (SELECT FROM core.indicator_cell c WHERE c.indicator_id = i.indicator_id)
) AS population (divides)
CROSS JOIN LATERAL (
    SELECT core.rate(o.numerator, o.denominator, i.divided, i.numerator_parts, i.denominator_parts) AS before,
           core.rate(n.numerator, o.denominator, i.divided, i.numerator_parts, i.denominator_parts) AS recounted,
           core.rate(n.numerator, n.denominator, i.divided, i.numerator_parts, i.denominator_parts) AS after
) AS rate
WHERE i.nature <> 'gap';
