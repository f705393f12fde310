-- Files, verdicts, what people said to them; corrections and what they moved; targets, allocations, registers.

CREATE VIEW mart.problem WITH (security_invoker) AS
SELECT u.receipt, p.row_number, p.column_name, p.value, p.rule, p.severity, p.message,
       said.confirmed_by, said.confirmed_at, said.comment
FROM ledger.problem p
JOIN ledger.submission u ON u.submission_id = p.submission_id AND u.verdicts = p.verdict
LEFT JOIN LATERAL (
    SELECT c.confirmed_by, c.confirmed_at, c.comment
    FROM ledger.confirmation c
    WHERE p.severity = 'warn' AND c.submission_id = p.submission_id AND c.verdict = p.verdict
      AND coalesce(c.rule, p.rule) = p.rule AND coalesce(c.row_number, p.row_number) IS NOT DISTINCT FROM p.row_number
    ORDER BY c.confirmation_id DESC
    LIMIT 1
) AS said ON true;

CREATE VIEW mart.submission WITH (security_invoker) AS
SELECT u.receipt, u.filename, encode(u.sha256, 'hex') AS sha256, u.size, u.dataset, u.submitted_by, u.via, u.received_at,
       u.state, u.outcome, u.rows_read, u.rows_accepted, u.rows_rejected, u.finished_at,
       (SELECT count(*)
        FROM ledger.problem p
        WHERE p.submission_id = u.submission_id AND p.verdict = u.verdicts AND p.severity = 'warn'
          AND NOT EXISTS (
              SELECT FROM ledger.confirmation c
              WHERE c.submission_id = p.submission_id AND c.verdict = p.verdict AND coalesce(c.rule, p.rule) = p.rule
                AND coalesce(c.row_number, p.row_number) IS NOT DISTINCT FROM p.row_number)) AS unconfirmed,
       u.because, u.verdicts, u.handed_in_at, u.tried_at, u.raw_ended_at
FROM ledger.submission u;

CREATE VIEW mart.verdict WITH (security_invoker) AS
SELECT u.receipt, v.number, v.judged_at, v.outcome, v.rows_read, v.rows_accepted, v.rows_rejected, v.country
FROM ledger.verdict v
JOIN ledger.submission u USING (submission_id);

CREATE VIEW mart.confirmation WITH (security_invoker) AS
SELECT u.receipt, c.verdict, c.rule, c.row_number, c.comment, c.confirmed_by, c.confirmed_at
FROM ledger.confirmation c
JOIN ledger.submission u USING (submission_id);

CREATE VIEW mart.withdrawal WITH (security_invoker) AS
SELECT u.receipt, w.withdrawn_by, w.withdrawn_at, w.because, w.returns, w.whole
FROM ledger.withdrawal w
JOIN ledger.submission u USING (submission_id);

-- Every return with the time during which it stood.
CREATE VIEW mart.return WITH (security_invoker) AS
SELECT r.dataset, p.key AS period, a.code AS area_code, l.code AS area_level, s.code AS scheme,
       i.code AS indicator, r.lines, r.total, r.partial, r.zero, r.received_at, u.receipt, r.known_from, r.known_to,
       w.because AS withdrawn_because
FROM core.return r
JOIN core.period p USING (period_id)
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
LEFT JOIN ledger.submission u USING (submission_id)
LEFT JOIN core.scheme s
    ON s.scheme_id = r.scheme_id AND r.dataset IN ('scheme_returns', 'beneficiary_list', 'allocations')
LEFT JOIN core.indicator i ON i.indicator_id = r.scheme_id AND r.dataset = 'targets'
LEFT JOIN ledger.withdrawal w USING (withdrawal_id);

CREATE VIEW mart.scheme_return_history WITH (security_invoker) AS
SELECT a.code AS area_code, y.code AS area_level, s.code AS scheme, p.key AS period,
       l.sex::text AS sex, g.code AS age_group,
       CASE l.disability WHEN 'T' THEN '_T' ELSE l.disability::text END AS disability,
       l.beneficiaries, l.contributors, l.registered, l.new_enrolments, l.exits, l.amount_paid,
       u.receipt, l.row_number, r.known_from, r.known_to
FROM core.return r
JOIN core.scheme_line l USING (period_id, return_id)
JOIN core.area a USING (area_id)
JOIN core.layer y USING (layer_id)
JOIN core.scheme s ON s.scheme_id = r.scheme_id
JOIN core.period p ON p.period_id = r.period_id
JOIN core.age_group g USING (age_group_id)
LEFT JOIN ledger.submission u USING (submission_id)
WHERE r.dataset = 'scheme_returns';

-- What corrections and withdrawals moved: at the return's own area, and at every area above it. Totals before and
-- after are those of the whole area at that moment; who does not see all of an area sees only by how much it moved.
CREATE VIEW mart.change WITH (security_invoker) AS
WITH moved AS (
    SELECT r.submission_id, NULL::integer AS withdrawal_id, r.known_from AS at, r.dataset, r.period_id, r.scheme_id,
           r.area_id, coalesce(r.total, 0) - coalesce(p.total, 0) AS difference
    FROM core.return r
    JOIN core.return p
        ON (p.area_id, p.period_id, p.dataset, p.scheme_id) = (r.area_id, r.period_id, r.dataset, r.scheme_id)
        AND p.known_to = r.known_from
    UNION ALL
    SELECT r.submission_id, r.withdrawal_id, r.known_to, r.dataset, r.period_id, r.scheme_id, r.area_id,
           -coalesce(r.total, 0)
    FROM core.return r
    WHERE r.withdrawal_id IS NOT NULL
),
up AS (
    SELECT m.submission_id, m.withdrawal_id, m.at, m.dataset, m.period_id, m.scheme_id, above.area_id,
           bool_or(above.area_id = m.area_id) AS own, sum(m.difference) AS difference
    FROM moved m
    JOIN core.area a USING (area_id)
    JOIN core.area above ON a.tree_left BETWEEN above.tree_left AND above.tree_right
    GROUP BY m.submission_id, m.withdrawal_id, m.at, m.dataset, m.period_id, m.scheme_id, above.area_id
)
SELECT u.receipt, CASE WHEN up.withdrawal_id IS NULL THEN 'correction' ELSE 'withdrawal' END AS kind,
       coalesce(w.withdrawn_by, u.submitted_by) AS by,
       coalesce(w.because, u.because,
                (SELECT string_agg(c.comment, ' · ' ORDER BY c.confirmation_id) FROM ledger.confirmation c
                 WHERE c.submission_id = u.submission_id AND c.comment IS NOT NULL)) AS why,
       up.at, up.dataset, p.key AS period, s.code AS scheme, a.code AS area_code, l.code AS area_level, up.own,
       total.before, total.after, up.difference
FROM up
JOIN ledger.submission u USING (submission_id)
JOIN core.period p USING (period_id)
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
LEFT JOIN core.scheme s
    ON s.scheme_id = up.scheme_id AND up.dataset IN ('scheme_returns', 'beneficiary_list', 'allocations')
LEFT JOIN ledger.withdrawal w ON w.withdrawal_id = up.withdrawal_id
LEFT JOIN LATERAL (
    SELECT coalesce(sum(r.total) FILTER (WHERE r.known_from < up.at AND r.known_to >= up.at), 0) AS before,
           coalesce(sum(r.total) FILTER (WHERE r.known_from <= up.at AND r.known_to > up.at), 0) AS after
    FROM core.area d
    JOIN core.return r ON r.area_id = d.area_id
    WHERE d.tree_left BETWEEN a.tree_left AND a.tree_right
      AND (r.period_id, r.dataset, r.scheme_id) = (up.period_id, up.dataset, up.scheme_id)
) AS total ON (SELECT core.sees_all()) OR up.area_id IN (SELECT area_id FROM core.my_areas);

CREATE VIEW mart.target WITH (security_invoker) AS
SELECT i.code AS indicator, a.code AS area_code, l.code AS area_level, p.key::integer AS year,
       CASE t.sex WHEN 'T' THEN '_T' ELSE t.sex::text END AS sex, t.kind, t.value, t.cost, t.responsible,
       u.receipt, t.row_number, r.known_from
FROM core.return r
JOIN core.target_line t USING (return_id)
JOIN core.indicator i ON i.indicator_id = r.scheme_id
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
JOIN core.period p USING (period_id)
LEFT JOIN ledger.submission u USING (submission_id)
WHERE r.dataset = 'targets' AND r.known_to = 'infinity';

CREATE VIEW mart.allocation WITH (security_invoker) AS
SELECT p.key AS period, a.code AS area_code, l.code AS area_level, s.code AS scheme, m.amount,
       u.receipt, m.row_number, r.known_from
FROM core.return r
JOIN core.allocation_line m USING (return_id)
JOIN core.scheme s ON s.scheme_id = r.scheme_id
JOIN core.area a USING (area_id)
JOIN core.layer l ON l.layer_id = a.layer_id
JOIN core.period p USING (period_id)
LEFT JOIN ledger.submission u USING (submission_id)
WHERE r.dataset = 'allocations' AND r.known_to = 'infinity';

CREATE VIEW mart.beneficiary WITH (security_invoker) AS
SELECT p.key AS period, a.code AS area_code, l.code AS area_level, s.code AS scheme,
       encode(b.person, 'hex') AS pseudonym, b.key_version, b.sex::text AS sex, b.birth_year,
       CASE b.disability WHEN 'T' THEN '_T' ELSE b.disability::text END AS disability, b.amount_paid,
       u.receipt, b.row_number, r.known_from
FROM core.return r
JOIN core.beneficiary_line b USING (return_id)
JOIN core.scheme s ON s.scheme_id = r.scheme_id
JOIN core.area a USING (area_id)
JOIN core.layer l ON l.layer_id = a.layer_id
JOIN core.period p USING (period_id)
LEFT JOIN ledger.submission u USING (submission_id)
WHERE r.dataset = 'beneficiary_list' AND r.known_to = 'infinity';
