-- One layer's figures for one period: what is compiled for the layer below, plus what this layer reported itself.
-- One row an area, scheme, sex, age group and disability.
DELETE FROM core.scheme_total c USING claimed t WHERE c.period_id = :period_id AND c.area_id = t.area_id;

INSERT INTO core.scheme_total
WITH below AS (
    SELECT a.parent_id AS area_id, c.scheme_id, c.sex, c.age_group_id, c.disability,
           c.beneficiaries, c.contributors, c.registered, c.new_enrolments, c.exits, c.amount_paid
    FROM core.compiled_line c
    JOIN core.area a USING (area_id)
    WHERE c.period_id = :period_id AND c.layer_id = :layer_id + 1
      AND c.area_id = ANY (ARRAY(SELECT child.area_id FROM claimed t JOIN core.area child ON child.parent_id = t.area_id))
),
own AS (
    SELECT r.area_id, r.scheme_id, l.sex, l.age_group_id, l.disability,
           l.beneficiaries, l.contributors, l.registered, l.new_enrolments, l.exits, l.amount_paid
    FROM claimed
    JOIN core.return r USING (area_id)
    JOIN core.scheme_line l USING (period_id, return_id)
    WHERE r.period_id = :period_id AND r.dataset = 'scheme_returns' AND r.known_to = 'infinity'
)
SELECT :period_id, :layer_id, area_id, scheme_id, sex, age_group_id, disability,
       core.total(beneficiaries), core.total(contributors), core.total(registered), core.total(new_enrolments),
       core.total(exits), sum(amount_paid)
FROM (SELECT * FROM below UNION ALL SELECT * FROM own) AS lines
GROUP BY area_id, scheme_id, sex, age_group_id, disability;
