-- What is compiled for some areas, cell by cell. The lowest layer has nothing to add up: its compilation is its returns.
CREATE FUNCTION core.cells(of_period integer, areas integer[]) RETURNS TABLE (
    area_id integer, scheme_id smallint, sex "char", age_group_id smallint, disability "char",
    beneficiaries bigint, contributors bigint, registered bigint, new_enrolments bigint, exits bigint, amount_paid numeric)
LANGUAGE sql STABLE AS $$
    SELECT c.area_id, c.scheme_id, c.sex, c.age_group_id, c.disability,
           c.beneficiaries, c.contributors, c.registered, c.new_enrolments, c.exits, c.amount_paid
    FROM core.scheme_total c
    WHERE c.period_id = of_period AND c.area_id = ANY (areas)
    UNION ALL
    SELECT r.area_id, r.scheme_id, l.sex, l.age_group_id, l.disability,
           l.beneficiaries, l.contributors, l.registered, l.new_enrolments, l.exits, l.amount_paid
    FROM core.return r
    JOIN core.scheme_line l USING (period_id, return_id)
    JOIN core.area a USING (area_id)
    WHERE r.period_id = of_period AND r.area_id = ANY (areas)
      AND r.dataset = 'scheme_returns' AND r.known_to = 'infinity'
      AND a.layer_id = (SELECT max(layer_id) FROM core.layer)
$$;
