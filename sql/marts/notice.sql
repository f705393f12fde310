CREATE VIEW mart.notice WITH (security_invoker) AS
SELECT n.notice_id, n.number, n.version, n.kind, by.code AS publisher_code, a.code AS area_code, l.code AS area_level,
       s.code AS scheme, n.titles, n.texts, n.benefit, n.benefit_per, n.valid_from, next.valid_from AS valid_until,
       CASE WHEN next.valid_from <= t.is_on THEN 'replaced' WHEN n.valid_from > t.is_on THEN 'coming'
            ELSE 'in_force' END AS state,
       n.everybody, n.published_at, n.person AS published_by
FROM core.notice n
CROSS JOIN core.today t
JOIN core.area by ON by.area_id = n.publisher_id
JOIN core.area a ON a.area_id = n.area_id
JOIN core.layer l ON l.layer_id = a.layer_id
LEFT JOIN core.scheme s ON s.scheme_id = n.scheme_id AND n.scheme_id > 0
LEFT JOIN LATERAL (  -- the day from which a later version holds
    SELECT min(newer.valid_from) AS valid_from
    FROM core.notice newer
    WHERE newer.number = n.number AND newer.version > n.version
) AS next ON true;
