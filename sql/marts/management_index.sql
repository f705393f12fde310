-- Only duties whose day has passed: a month is not judged before its returns are due.
CREATE VIEW mart.management_index WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, p.key AS period, r.period_id, v.timeliness, v.completeness, v.corrections,
       v.grievances, x.index,
       i.parts, i.left_out, r.expected, r.received, r.on_time - r.zero_first AS on_time, r.in_grace, r.zero_first,
       r.corrected, g.resolved, g.pending, i.most_to_gain, i.gain * f.product AS gain,
       m.measured AS terms, f.product AS factor, b.below_minimum,
       x.index * (w.definition #>> '{money,amount}')::double precision * paid.counted
       * CASE WHEN b.below_minimum = '{}' THEN 1 ELSE 0 END AS money
FROM core.area a
JOIN core.layer l USING (layer_id)
CROSS JOIN (SELECT definition -> 'management_index' AS definition FROM core.country) AS w
CROSS JOIN LATERAL (
    SELECT r.period_id, sum(r.expected) AS expected, sum(r.received) AS received, sum(r.on_time) AS on_time,
           sum(r.in_grace) AS in_grace, sum(r.corrected) AS corrected, sum(r.zero_first) AS zero_first
    FROM core.reporting r
    JOIN core.period q USING (period_id)
    JOIN LATERAL core.duties_of(q.kind, q.starts_on, q.ends_on) d USING (dataset, scheme_id)
    CROSS JOIN core.today t
    WHERE r.area_id = a.area_id AND r.dataset = 'scheme_returns' AND d.due_on < t.is_on
    GROUP BY r.period_id
) AS r
JOIN core.period p USING (period_id)
CROSS JOIN LATERAL (
    SELECT sum(y.resolved)::bigint AS resolved, sum(y.pending)::bigint AS pending
    FROM core.grievance_compiled y
    WHERE y.area_id = a.area_id AND y.period_id = p.period_id
) AS g
CROSS JOIN LATERAL (
    SELECT (r.on_time - r.zero_first + r.in_grace * (w.definition ->> 'in_grace')::double precision) / nullif(r.expected, 0) AS timeliness,
           r.received::double precision / nullif(r.expected, 0) AS completeness,
           (r.received - r.corrected)::double precision / nullif(r.received, 0) AS corrections,
           g.resolved::double precision / nullif(g.resolved + g.pending, 0) AS grievances
) AS v
CROSS JOIN LATERAL (  -- by name, what terms, factors and minima are about: parts of the reporting, figures of indicators
    SELECT coalesce(jsonb_object_agg(name, value) FILTER (WHERE value IS NOT NULL), '{}') AS measured
    FROM (
        SELECT * FROM (VALUES ('timeliness', v.timeliness), ('completeness', v.completeness), ('corrections', v.corrections),
                              ('grievances', v.grievances)) AS part (name, value)
        UNION ALL
        SELECT n.code, core.rate(y.numerator, y.denominator, n.divided, n.numerator_parts, n.denominator_parts)
        FROM core.indicator n
        JOIN core.indicator_value y USING (indicator_id)
        WHERE y.period_id = p.period_id AND y.area_id = a.area_id AND y.sex = 'T' AND y.age_group_id = 0
    ) AS named
    WHERE w.definition -> 'weights' ? name
       OR EXISTS (SELECT FROM jsonb_array_elements(w.definition -> 'factors') AS factor WHERE factor ->> 'of' = name)
) AS m
CROSS JOIN LATERAL (
    SELECT sum(term.weight * term.value) / sum(term.weight) FILTER (WHERE term.value IS NOT NULL) AS mean,
           count(term.value) AS used,
           coalesce(array_agg(term.name ORDER BY term.n, term.name) FILTER (WHERE term.value IS NOT NULL), '{}') AS parts,
           coalesce(array_agg(term.name ORDER BY term.n, term.name) FILTER (WHERE term.value IS NULL), '{}') AS left_out,
           (array_agg(term.name ORDER BY term.weight * (1 - term.value) DESC, term.n, term.name)
               FILTER (WHERE term.value < 1))[1] AS most_to_gain,
           max(term.weight * (1 - term.value)) FILTER (WHERE term.value < 1)
               / sum(term.weight) FILTER (WHERE term.value IS NOT NULL) AS gain
    FROM (
        SELECT named.key AS name, named.value::double precision AS weight,
               (m.measured ->> named.key)::double precision AS value,
               array_position(ARRAY['timeliness', 'completeness', 'corrections', 'grievances'], named.key) AS n
        FROM jsonb_each_text(w.definition -> 'weights') AS named
    ) AS term
) AS i
CROSS JOIN LATERAL (  -- 1 without factors; NULL where there are no data for one
    SELECT CASE WHEN bool_and(factor.value IS NOT NULL) IS NOT false THEN core.product(factor.value) END AS product
    FROM (
        SELECT CASE WHEN declared ->> 'at_least' IS NULL THEN measure.value
                    WHEN measure.value >= (declared ->> 'at_least')::double precision THEN 1
                    WHEN measure.value IS NOT NULL THEN 0 END AS value
        FROM jsonb_array_elements(w.definition -> 'factors') AS declared
        CROSS JOIN LATERAL (SELECT (m.measured ->> (declared ->> 'of'))::double precision AS value) AS measure
    ) AS factor
) AS f
CROSS JOIN LATERAL (
    SELECT CASE WHEN i.used >= (w.definition ->> 'least_parts')::integer THEN i.mean * f.product END AS index
) AS x
CROSS JOIN LATERAL (  -- what is not known reaches no minimum
    SELECT coalesce(array_agg(least.key ORDER BY least.key), '{}') AS below_minimum
    FROM jsonb_each_text(w.definition -> 'minima') AS least
    WHERE (CASE least.key WHEN 'index' THEN x.index ELSE (m.measured ->> least.key)::double precision END
           >= least.value::double precision) IS NOT TRUE
) AS b
CROSS JOIN LATERAL (
    SELECT (SELECT core.whole(y.numerator, n.nature, n.numerator_parts)
            FROM core.indicator n
            JOIN core.indicator_value y USING (indicator_id)
            WHERE n.code = w.definition #>> '{money,per}' AND y.period_id = p.period_id AND y.area_id = a.area_id
              AND y.sex = 'T' AND y.age_group_id = 0) AS counted
) AS paid
WHERE jsonb_typeof(w.definition) = 'object';
