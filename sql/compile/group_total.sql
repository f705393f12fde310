-- The lines by population group of one layer for one period, added up like scheme_total, of which they are parts.
-- One row an area, scheme, sex, age group, disability and population group.
DELETE FROM core.group_total c USING claimed t WHERE c.period_id = :period_id AND c.area_id = t.area_id;

INSERT INTO core.group_total
WITH below AS (
    SELECT a.parent_id AS area_id, c.scheme_id, c.sex, c.age_group_id, c.disability,
           c.beneficiaries, c.contributors, c.registered, c.new_enrolments, c.exits, c.amount_paid,
           c.applied, c.refused, c.waiting, c.paid_on_time, c.records_updated, c.place_not_known, c.group_id,
           c.accepted, c.first_paid
    FROM core.compiled_group_line c
    JOIN core.area a USING (area_id)
    WHERE c.period_id = :period_id AND c.layer_id = :layer_id + 1
      AND c.area_id = ANY (ARRAY(SELECT child.area_id FROM claimed t JOIN core.area child ON child.parent_id = t.area_id))
),
own AS (
    SELECT r.area_id, r.scheme_id, l.sex, l.age_group_id, l.disability,
           l.beneficiaries, l.contributors, l.registered, l.new_enrolments, l.exits, l.amount_paid,
           l.applied, l.refused, l.waiting, l.paid_on_time, l.records_updated,
           -- persons who could not be placed in an area of the layer that reports the scheme
           CASE WHEN s.layer_id > :layer_id THEN l.beneficiaries END AS place_not_known, l.group_id,
           l.accepted, l.first_paid
    FROM claimed
    JOIN core.return r USING (area_id)
    JOIN core.scheme s USING (scheme_id)
    JOIN core.group_line l USING (period_id, return_id)
    WHERE r.period_id = :period_id AND r.dataset = 'scheme_returns' AND r.known_to = 'infinity'
)
SELECT :period_id, :layer_id, area_id, scheme_id, sex, age_group_id, disability,
       core.total(beneficiaries), core.total(contributors), core.total(registered), core.total(new_enrolments),
       core.total(exits), sum(amount_paid), core.total(applied), core.total(refused), core.total(waiting),
       core.total(paid_on_time), core.total(records_updated), core.total(place_not_known), group_id,
       core.total(accepted), core.total(first_paid)
FROM (SELECT * FROM below UNION ALL SELECT * FROM own) AS lines
GROUP BY area_id, scheme_id, sex, age_group_id, disability, group_id;
