-- One layer's figures for one period: what the layer below compiled, plus what this layer reported itself.
DELETE FROM core.cube WHERE period_id = :period_id AND layer_id = :layer_id;

INSERT INTO core.cube
WITH below AS (
    SELECT a.parent_id AS area_id, c.scheme_id, c.sex, c.age_group_id, c.disability,
           c.beneficiaries, c.contributors, c.registered, c.new_enrolments, c.exits, c.amount_paid
    FROM core.compiled c
    JOIN core.area a USING (area_id)
    WHERE c.period_id = :period_id AND c.layer_id = :layer_id + 1
),
own AS (
    SELECT r.area_id, r.scheme_id, l.sex, l.age_group_id, l.disability,
           l.beneficiaries, l.contributors, l.registered, l.new_enrolments, l.exits, l.amount_paid
    FROM core.return r
    JOIN core.area a USING (area_id)
    JOIN core.scheme_line l USING (period_id, return_id)
    WHERE r.period_id = :period_id
      AND r.dataset = 'scheme_returns'
      AND r.known_to = 'infinity'
      AND a.layer_id = :layer_id
)
SELECT :period_id, :layer_id, area_id, scheme_id, sex, age_group_id, disability,
       sum(beneficiaries), sum(contributors), sum(registered), sum(new_enrolments), sum(exits), sum(amount_paid)
FROM (SELECT * FROM below UNION ALL SELECT * FROM own) AS lines
GROUP BY area_id, scheme_id, sex, age_group_id, disability;
