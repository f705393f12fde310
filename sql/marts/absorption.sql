CREATE VIEW mart.absorption WITH (security_invoker) AS
SELECT a.code AS area_code, l.code AS area_level, p.key AS period, x.period_id, s.code AS scheme, x.grants, x.acknowledged,
       x.allocated, x.paid, x.paid / nullif(x.allocated, 0) AS absorption, x.expected, x.received,
       x.received::double precision / nullif(x.expected, 0) AS completeness
FROM core.absorption x
JOIN core.area a USING (area_id)
JOIN core.layer l USING (layer_id)
JOIN core.period p USING (period_id)
JOIN core.scheme s USING (scheme_id);
