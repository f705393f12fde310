-- Figures that somebody sees who does not see provisional ones: of areas in their scope, while they stand signed.
CREATE OR REPLACE VIEW core.my_endorsed AS
SELECT s.area_id, e.period_id
FROM core.my_scope s
JOIN core.endorsed e ON e.area_id = s.area_id AND e.dataset = 'scheme_returns'
WHERE (SELECT core.sees('endorsed'));
