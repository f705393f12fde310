-- Areas whose committee has not signed what the committee right above wants signed first. Grain: period, dataset, area below.
CREATE VIEW core.unsigned_child WITH (security_invoker) AS
SELECT DISTINCT r.period_id, r.dataset, a.parent_id AS area_id, a.area_id AS child_id
FROM core.reporting r
JOIN core.area a USING (area_id)
JOIN core.area parent ON parent.area_id = a.parent_id
JOIN core.committee own ON own.layer_id = parent.layer_id AND own.requires_children
JOIN core.committee below ON below.layer_id = a.layer_id
LEFT JOIN core.compilation c
    ON c.period_id = r.period_id AND c.dataset = r.dataset AND c.area_id = r.area_id AND c.state = 'endorsed'
WHERE c.area_id IS NULL;
