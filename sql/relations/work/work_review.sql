-- What the committee of the session's area has to do with its own compilations, of periods that are over: to_sign, reopened, or
-- sent_back, which is told to everybody who works for the area. Nobody is asked to sign twice, nor before those below where
-- they must sign first. Grain: dataset, period.
CREATE VIEW core.work_review WITH (security_invoker) AS
WITH recent AS (
    SELECT p.period_id, p.key, p.published_at, row_number() OVER (PARTITION BY p.kind ORDER BY p.ends_on DESC) AS place
    FROM core.period p
    CROSS JOIN core.today t
    WHERE p.published_at IS NOT NULL AND p.ends_on < t.is_on
),
own AS (
    SELECT o.area_id, o.role, o.actions, o.person_id, r.dataset, p.period_id, p.key,
           coalesce(c.state::text, CASE WHEN r.received > 0 THEN 'compiled' END) AS state, coalesce(c.since, p.published_at) AS since,
           'endorse' = ANY (o.actions) AND (cardinality(m.quorum) = 0 OR o.role = ANY (m.quorum)) AS signs
    FROM core.my_office o
    CROSS JOIN recent p
    CROSS JOIN LATERAL (
        SELECT r.dataset, sum(r.received) AS received
        FROM core.reporting r
        WHERE r.period_id = p.period_id AND r.area_id = o.area_id AND r.dataset IN ('scheme_returns', 'flash_reports')
        GROUP BY r.dataset
    ) AS r
    LEFT JOIN core.compilation c ON c.period_id = p.period_id AND c.area_id = o.area_id AND c.dataset = r.dataset
    LEFT JOIN core.committee m ON m.layer_id = o.layer_id
    WHERE p.place <= 6 AND o.administrator IS NULL
)
SELECT CASE own.state WHEN 'returned' THEN 'sent_back' WHEN 'reopened' THEN 'reopened' ELSE 'to_sign' END AS kind,
       own.area_id, own.dataset, own.key AS period, own.since, act.reason, act.acted_by, act.receipts
FROM own
LEFT JOIN LATERAL (
    SELECT v.reason, v.acted_by, v.receipts
    FROM core.review v
    WHERE v.area_id = own.area_id AND v.dataset = own.dataset AND v.period_id = own.period_id AND v.act::text = own.state
    ORDER BY v.review_id DESC
    LIMIT 1
) AS act ON own.state IN ('returned', 'reopened')
WHERE CASE own.state
    WHEN 'returned' THEN own.actions && ARRAY['submit', 'draft', 'endorse']
    WHEN 'endorsed' THEN false
    ELSE own.state IS NOT NULL AND own.signs
         AND (own.state = 'reopened' OR NOT EXISTS (
             SELECT FROM core.unsigned_child u
             WHERE u.period_id = own.period_id AND u.dataset = own.dataset AND u.area_id = own.area_id))
         AND NOT EXISTS (
             SELECT FROM core.signature s
             WHERE s.period_id = own.period_id AND s.dataset = own.dataset AND s.area_id = own.area_id AND s.ended_at = 'infinity'
               AND (s.office = coalesce(own.role, '') OR s.person_id = own.person_id)
               AND s.fingerprint = core.fingerprint(own.period_id, own.dataset, own.area_id)) END;
