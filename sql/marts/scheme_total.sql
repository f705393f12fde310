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
