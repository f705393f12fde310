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
LEFT JOIN core.scheme s ON s.scheme_id = r.scheme_id AND r.scheme_id > 0
LEFT JOIN core.indicator i USING (indicator_id)
LEFT JOIN ledger.withdrawal w USING (withdrawal_id);
