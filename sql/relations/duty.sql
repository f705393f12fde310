-- What each area itself must file, and what became of it. Grain: area, dataset, scheme, period.
--
-- Only of areas whose returns the reader sees: to anybody else each of them would look missing.
CREATE VIEW core.duty WITH (security_invoker) AS
SELECT a.area_id, d.dataset, d.scheme_id, d.layer_id, d.period_id, d.period, d.due_on, d.grace_until, r.received_at,
       CASE WHEN r.return_id IS NULL THEN
                CASE WHEN withdrawn.at_all THEN 'empty'
                     WHEN t.is_on <= d.ends_on THEN 'running'
                     WHEN t.is_on <= d.due_on THEN 'due'
                     WHEN t.is_on <= d.grace_until THEN 'overdue'
                     ELSE 'missing' END
            ELSE core.timeliness(r.received_at, core.end_of_day(d.due_on, t.timezone),
                                 core.end_of_day(d.grace_until, t.timezone)) END AS state,
       CASE WHEN r.return_id IS NULL THEN NULL WHEN r.partial THEN 'partial' WHEN r.zero THEN 'zero'
            ELSE 'figures' END AS content
FROM core.due_date d
CROSS JOIN core.today t
JOIN core.area a ON a.layer_id = d.layer_id AND a.valid_from <= d.ends_on AND a.valid_to > d.ends_on
LEFT JOIN core.return r
    ON r.area_id = a.area_id AND r.period_id = d.period_id AND r.scheme_id = d.scheme_id AND r.dataset = d.dataset
    AND r.administrator_id = 0 AND r.known_to = 'infinity'
LEFT JOIN LATERAL (
    SELECT true AS at_all
    FROM core.withdrawn_return w
    WHERE r.return_id IS NULL AND w.period_id = d.period_id AND w.area_id = a.area_id AND w.dataset = d.dataset
      AND w.scheme_id = d.scheme_id
    LIMIT 1
) AS withdrawn ON true
WHERE (SELECT core.sees_all())
   OR a.area_id IN (SELECT area_id FROM core.my_areas)
      AND ((SELECT core.my_administrator()) IS NULL OR d.scheme_id IN (SELECT scheme_id FROM core.my_schemes));
