-- What people query. Every object states its grain, its unit and its caveat; tests fail where a comment lacks.
-- security_invoker: row-level rules of the tables below hold for whoever reads a view.

CREATE VIEW mart.layer WITH (security_invoker) AS
SELECT code AS area_level, layer_id AS depth, names, plurals FROM core.layer;

CREATE VIEW mart.area WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, l.layer_id AS depth,
       a.names ->> 'en' AS name, a.names, p.code AS parent_code, a.tree_left, a.tree_right, a.valid_from, a.valid_to
FROM core.area a
JOIN core.layer l USING (layer_id)
LEFT JOIN core.area p ON p.area_id = a.parent_id;

CREATE VIEW mart.period WITH (security_invoker) AS
SELECT key AS period, kind::text AS kind, starts_on, ends_on, published_at FROM core.period;

CREATE VIEW mart.scheme WITH (security_invoker) AS
SELECT s.code AS scheme, s.names, s.administrator, s.guarantee, s.function, s.kind, l.code AS area_level,
       s.frequency::text AS frequency, s.due_days, s.starts, s.ends
FROM core.scheme s
JOIN core.layer l USING (layer_id)
WHERE s.scheme_id > 0;

CREATE VIEW mart.indicator WITH (security_invoker) AS
SELECT code AS indicator, guarantee, position, definition #>> '{numerator,together}' AS together,
       definition -> 'title' AS titles, definition -> 'why' AS why, definition -> 'caveats' AS caveats,
       definition ->> 'series' AS series, definition ->> 'source' AS source, definition ->> 'unit' AS unit,
       definition ->> 'version' AS version, definition
FROM core.indicator;

CREATE VIEW mart.indicator_history WITH (security_invoker) AS
SELECT i.code AS indicator, a.code AS area_code, l.code AS area_level, p.key AS period,
       CASE v.sex WHEN 'T' THEN '_T' ELSE v.sex::text END AS sex,
       g.code AS age_group,
       v.numerator, v.denominator,
       v.numerator::double precision / nullif(v.denominator, 0) AS value,
       v.lower_count::double precision / nullif(v.denominator, 0) AS lower_bound,
       v.upper_count::double precision / nullif(v.denominator, 0) AS upper_bound,
       v.received::double precision / nullif(v.expected, 0) AS completeness,
       CASE WHEN c.area_id IS NOT NULL OR v.known_to < 'infinity' AND EXISTS (  -- a past figure that was signed
                SELECT FROM core.endorsement e
                WHERE e.area_id = v.area_id AND e.period_id = v.period_id AND e.dataset = 'scheme_returns'
                  AND e.as_known_at >= v.known_from AND e.as_known_at < v.known_to)
            THEN 'endorsed' ELSE 'provisional' END AS status,
       v.known_from, v.known_to, v.lower_count, v.upper_count
FROM (
    SELECT *, 'infinity'::timestamptz AS known_to FROM core.indicator_value
    UNION ALL
    SELECT * FROM core.indicator_past
) AS v
JOIN core.indicator i USING (indicator_id)
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
JOIN core.period p USING (period_id)
JOIN core.age_group g USING (age_group_id)
LEFT JOIN core.endorsed c
    ON c.period_id = v.period_id AND c.dataset = 'scheme_returns' AND c.area_id = v.area_id AND v.known_to = 'infinity';

CREATE VIEW mart.indicator_value WITH (security_invoker) AS
SELECT indicator, area_code, area_level, period, sex, age_group, numerator, denominator, value, lower_bound,
       upper_bound, completeness, status, known_from
FROM mart.indicator_history
WHERE known_to = 'infinity';

CREATE FUNCTION mart.as_known_at(t timestamptz) RETURNS SETOF mart.indicator_value
LANGUAGE sql STABLE AS $$
    SELECT h.indicator, h.area_code, h.area_level, h.period, h.sex, h.age_group, h.numerator, h.denominator, h.value,
           h.lower_bound, h.upper_bound, h.completeness,
           CASE WHEN e.area_code IS NULL THEN 'provisional' ELSE 'endorsed' END, h.known_from
    FROM mart.indicator_history h
    LEFT JOIN (
        SELECT a.code AS area_code, p.key AS period
        FROM core.endorsement e
        JOIN core.area a USING (area_id)
        JOIN core.period p USING (period_id)
        WHERE e.dataset = 'scheme_returns' AND e.as_known_at <= t AND e.ended_at > t
    ) AS e USING (area_code, period)
    WHERE h.known_from <= t AND h.known_to > t
$$;

-- Each branch joins its own area, so that asking for one area reaches the indexes of both.
CREATE VIEW mart.scheme_total WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, s.code AS scheme, p.key AS period,
       c.sex::text AS sex, g.code AS age_group,
       CASE c.disability WHEN 'T' THEN '_T' ELSE c.disability::text END AS disability,
       c.beneficiaries, c.contributors, c.registered, c.new_enrolments, c.exits, c.amount_paid,
       CASE WHEN o.area_id IS NULL THEN 'provisional' ELSE 'endorsed' END AS status
FROM core.scheme_total c
JOIN core.area a USING (area_id)
JOIN core.layer l ON l.layer_id = a.layer_id
JOIN core.scheme s USING (scheme_id)
JOIN core.period p USING (period_id)
JOIN core.age_group g USING (age_group_id)
LEFT JOIN core.endorsed o
    ON o.period_id = c.period_id AND o.dataset = 'scheme_returns' AND o.area_id = c.area_id
UNION ALL
SELECT a.code, y.code, s.code, p.key, l.sex::text, g.code,
       CASE l.disability WHEN 'T' THEN '_T' ELSE l.disability::text END,
       l.beneficiaries, l.contributors, l.registered, l.new_enrolments, l.exits, l.amount_paid,
       CASE WHEN o.area_id IS NULL THEN 'provisional' ELSE 'endorsed' END
FROM core.return r
JOIN core.scheme_line l USING (period_id, return_id)
JOIN core.area a USING (area_id)
JOIN core.layer y ON y.layer_id = a.layer_id
JOIN core.scheme s ON s.scheme_id = r.scheme_id
JOIN core.period p ON p.period_id = r.period_id
JOIN core.age_group g USING (age_group_id)
LEFT JOIN core.endorsed o
    ON o.period_id = r.period_id AND o.dataset = 'scheme_returns' AND o.area_id = r.area_id
WHERE r.dataset = 'scheme_returns'
  AND r.known_to = 'infinity'
  AND a.layer_id = (SELECT max(layer_id) FROM core.layer);

CREATE VIEW mart.scheme_return WITH (security_invoker) AS
SELECT a.code AS area_code, y.code AS area_level, s.code AS scheme, p.key AS period,
       l.sex::text AS sex, g.code AS age_group,
       CASE l.disability WHEN 'T' THEN '_T' ELSE l.disability::text END AS disability,
       l.beneficiaries, l.contributors, l.registered, l.new_enrolments, l.exits, l.amount_paid,
       r.partial, u.receipt, l.row_number, r.known_from
FROM core.return r
JOIN core.scheme_line l USING (period_id, return_id)
JOIN core.area a USING (area_id)
JOIN core.layer y USING (layer_id)
JOIN core.scheme s ON s.scheme_id = r.scheme_id
JOIN core.period p ON p.period_id = r.period_id
JOIN core.age_group g USING (age_group_id)
LEFT JOIN ledger.submission u USING (submission_id)  -- whoever sees a return need not see its file
WHERE r.known_to = 'infinity' AND r.dataset = 'scheme_returns';

CREATE VIEW mart.reporting_rate WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, p.key AS period, r.dataset,
       coalesce(s.code, '_T') AS scheme,
       r.expected, r.received, r.on_time,
       r.received - r.on_time AS late, r.partial, r.zero, r.expected - r.received AS missing,
       r.received::double precision / nullif(r.expected, 0) AS rate,
       r.on_time::double precision / nullif(r.expected, 0) AS on_time_rate
FROM core.area a
JOIN core.layer l USING (layer_id)
CROSS JOIN LATERAL (  -- so that asking for some areas adds up only theirs
    SELECT period_id, dataset, nullif(scheme_id, 0) AS scheme_id,
           sum(expected) AS expected, sum(received) AS received, sum(on_time) AS on_time,
           sum(partial) AS partial, sum(zero) AS zero
    FROM core.reporting
    WHERE area_id = a.area_id
    GROUP BY GROUPING SETS ((period_id, dataset, scheme_id), (period_id, dataset))
    HAVING grouping(scheme_id) = 1 OR scheme_id > 0
) AS r
JOIN core.period p USING (period_id)
LEFT JOIN core.scheme s ON s.scheme_id = r.scheme_id;

CREATE VIEW mart.population WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, d.year, d.sex::text AS sex, g.code AS age_group,
       d.population, d.status::text AS status
FROM core.denominator d
JOIN core.area a USING (area_id)
JOIN core.layer l ON l.layer_id = a.layer_id
JOIN core.age_group g USING (age_group_id);

CREATE VIEW mart.country WITH (security_invoker) AS
SELECT code AS country, names, timezone, sample, definition, loaded_at FROM core.country;
