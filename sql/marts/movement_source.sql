-- Ranked by the codes, not by the numbers behind them: a query that names its area is then answered for that one alone.
CREATE VIEW mart.movement_source WITH (security_invoker) AS
SELECT i.code AS indicator, a.code AS area_code, l.code AS area_level, p.key AS period, m.part, s.code AS source_code,
       sl.code AS source_level, s.names, c.code AS scheme, u.receipt, m.persons,
       rank() OVER (PARTITION BY i.code, a.code, p.key, m.part
                    ORDER BY abs(m.persons) DESC, s.code, c.code, u.receipt) AS position
FROM core.figure_pair f
JOIN core.indicator i ON i.indicator_id = f.indicator_id
JOIN core.area a ON a.area_id = f.area_id
JOIN core.layer l ON l.layer_id = a.layer_id
JOIN core.period p ON p.period_id = f.period_id
CROSS JOIN LATERAL core.movement_of(i.indicator_id, a.area_id, f.before_id, p.period_id, f.looked_back) m
JOIN core.area s ON s.area_id = m.area_id
JOIN core.layer sl ON sl.layer_id = s.layer_id
JOIN core.scheme c ON c.scheme_id = m.scheme_id
LEFT JOIN ledger.submission u ON u.submission_id = m.submission_id
WHERE m.persons <> 0;
