-- One layer's figures for one period: what the layer below compiled, plus what this layer reported itself.
DELETE FROM core.scheme_total c USING claimed t WHERE c.period_id = :period_id AND c.area_id = t.area_id;

INSERT INTO core.scheme_total
WITH below AS (
    SELECT t.area_id, c.scheme_id, c.sex, c.age_group_id, c.disability,
           c.beneficiaries, c.contributors, c.registered, c.new_enrolments, c.exits, c.amount_paid
    FROM claimed t
    JOIN core.area a ON a.parent_id = t.area_id
    JOIN core.scheme_total c ON c.area_id = a.area_id AND c.period_id = :period_id
),
speaker AS (  -- the area itself; of the bottom layer, which has nothing to add up, its children's returns
    SELECT area_id, area_id AS speaker_id FROM claimed
    UNION ALL
    SELECT t.area_id, a.area_id
    FROM claimed t
    JOIN core.area a ON a.parent_id = t.area_id
    WHERE a.layer_id = (SELECT max(layer_id) FROM core.layer)
),
own AS (
    SELECT s.area_id, r.scheme_id, l.sex, l.age_group_id, l.disability,
           l.beneficiaries, l.contributors, l.registered, l.new_enrolments, l.exits, l.amount_paid
    FROM speaker s
    JOIN core.return r ON r.area_id = s.speaker_id
    JOIN core.scheme_line l USING (period_id, return_id)
    WHERE r.period_id = :period_id AND r.dataset = 'scheme_returns' AND r.known_to = 'infinity'
)
SELECT :period_id, :layer_id, area_id, scheme_id, sex, age_group_id, disability,
       core.total(beneficiaries), core.total(contributors), core.total(registered), core.total(new_enrolments), core.total(exits), sum(amount_paid)
FROM (SELECT * FROM below UNION ALL SELECT * FROM own) AS lines
GROUP BY area_id, scheme_id, sex, age_group_id, disability;
