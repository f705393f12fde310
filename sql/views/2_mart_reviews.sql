-- Reviews: what stands at which committee, what was signed, what was said.

CREATE VIEW mart.committee WITH (security_invoker) AS
SELECT l.code AS area_level, m.quorum, m.requires_children
FROM core.committee m
JOIN core.layer l USING (layer_id);

CREATE VIEW mart.compilation WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, r.dataset, p.key AS period,
       coalesce(c.state, CASE WHEN r.received > 0 THEN 'compiled' ELSE 'open' END) AS state,
       coalesce(c.since, p.published_at) AS since, r.expected, r.received,
       s.as_known_at AS signed_at, s.ended_at AS signed_until
FROM core.area a
JOIN core.layer l USING (layer_id)
CROSS JOIN LATERAL (
    SELECT period_id, dataset, sum(expected) AS expected, sum(received) AS received
    FROM core.reporting
    WHERE area_id = a.area_id
    GROUP BY period_id, dataset
) AS r
JOIN core.period p USING (period_id)
LEFT JOIN core.compilation c ON c.period_id = r.period_id AND c.dataset = r.dataset AND c.area_id = a.area_id
LEFT JOIN core.signed s ON s.period_id = r.period_id AND s.dataset = r.dataset AND s.area_id = a.area_id;

CREATE VIEW mart.endorsement WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, e.dataset, p.key AS period, e.as_known_at, e.ended_at,
       e.fingerprint, e.totals,
       (SELECT array_agg(g.person ORDER BY g.signature_id) FROM core.signature g
        WHERE g.endorsement_id = e.endorsement_id) AS signed_by
FROM core.endorsement e
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
JOIN core.period p USING (period_id);

CREATE VIEW mart.signature WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, g.dataset, p.key AS period, g.office, g.person, g.signed_at,
       g.ended_at, g.fingerprint, g.endorsement_id IS NOT NULL AS complete
FROM core.signature g
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
JOIN core.period p USING (period_id);

CREATE VIEW mart.review WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, r.dataset, p.key AS period, r.state, r.acted_by, r.acted_at,
       r.as_known_at, r.reason, r.review_id, r.act, r.office, r.moved, cause.code AS cause_code, r.receipts
FROM core.review r
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
JOIN core.period p USING (period_id)
LEFT JOIN core.area cause ON cause.area_id = r.cause_id;

CREATE VIEW mart.review_comment WITH (security_invoker) AS
SELECT c.comment_id, a.code AS area_code, child.code AS child_code, c.dataset, p.key AS period, c.cell, c.answers,
       c.written_by, c.written_at, c.text
FROM core.comment c
JOIN core.area a USING (area_id)
JOIN core.area child ON child.area_id = c.child_id
JOIN core.period p USING (period_id);

CREATE VIEW mart.indicator_signed WITH (security_invoker) AS
SELECT i.code AS indicator, a.code AS area_code, l.code AS area_level, p.key AS period,
       CASE v.sex WHEN 'T' THEN '_T' ELSE v.sex::text END AS sex, g.code AS age_group,
       v.numerator, v.denominator,
       v.numerator::double precision / nullif(v.denominator, 0) AS value,
       v.lower_count::double precision / nullif(v.denominator, 0) AS lower_bound,
       v.upper_count::double precision / nullif(v.denominator, 0) AS upper_bound,
       v.received::double precision / nullif(v.expected, 0) AS completeness,
       'endorsed' AS status, v.known_from, v.signed_at, v.signed_until
FROM (
    SELECT v.*, s.as_known_at AS signed_at, s.ended_at AS signed_until
    FROM core.signed s
    JOIN core.indicator_value v ON v.period_id = s.period_id AND v.area_id = s.area_id AND v.known_from <= s.as_known_at
    WHERE s.dataset = 'scheme_returns'
    UNION ALL
    SELECT v.period_id, v.area_id, v.indicator_id, v.sex, v.age_group_id, v.numerator, v.denominator, v.lower_count,
           v.upper_count, v.expected, v.received, v.known_from, s.as_known_at, s.ended_at
    FROM core.signed s
    JOIN core.indicator_past v ON v.period_id = s.period_id AND v.area_id = s.area_id
        AND v.known_from <= s.as_known_at AND v.known_to > s.as_known_at
    WHERE s.dataset = 'scheme_returns'
) AS v
JOIN core.indicator i USING (indicator_id)
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
JOIN core.period p USING (period_id)
JOIN core.age_group g USING (age_group_id);

-- The compiled figures of one area as they stood at a moment, added up anew from the returns known then.
CREATE FUNCTION mart.scheme_total_as_known_at(area text, of_period text, t timestamptz) RETURNS TABLE (
    area_code text, scheme text, period text, sex text, age_group text, disability text,
    beneficiaries bigint, contributors bigint, registered bigint, new_enrolments bigint, exits bigint, amount_paid numeric)
LANGUAGE sql STABLE AS $$
    SELECT a.code, s.code, p.key, c.sex::text, g.code,
           CASE c.disability WHEN 'T' THEN '_T' ELSE c.disability::text END,
           c.beneficiaries, c.contributors, c.registered, c.new_enrolments, c.exits, c.amount_paid
    FROM core.period p
    JOIN core.area a ON a.code = scheme_total_as_known_at.area AND a.valid_from <= p.ends_on AND a.valid_to > p.starts_on
    CROSS JOIN LATERAL core.cells_as_known_at(p.period_id, ARRAY[a.area_id], t) c
    JOIN core.scheme s USING (scheme_id)
    JOIN core.age_group g USING (age_group_id)
    WHERE p.key = of_period
$$;
