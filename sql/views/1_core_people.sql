-- Figures that somebody who does not see provisional ones sees: those whose committee's last word was to sign.
CREATE OR REPLACE VIEW core.my_endorsed AS
SELECT s.area_id, r.period_id
FROM core.my_scope s
JOIN LATERAL (
    SELECT DISTINCT ON (r.period_id) r.period_id, r.state
    FROM core.review r
    WHERE r.area_id = s.area_id AND r.dataset = 'scheme_returns'
    ORDER BY r.period_id, r.acted_at DESC, r.review_id DESC
) AS r ON r.state = 'endorsed'
WHERE (SELECT core.sees('endorsed'));
