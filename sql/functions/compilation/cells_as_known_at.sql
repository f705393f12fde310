-- What was compiled for some areas as it stood at a moment, added up anew from the returns of the areas and of all below
-- them, in the columns of core.scheme_total. Grain: area, scheme, sex, age group, disability.
CREATE FUNCTION core.cells_as_known_at(of_period integer, areas integer[], t timestamptz) RETURNS SETOF core.scheme_total
LANGUAGE sql STABLE AS $$
    SELECT of_period, top.layer_id, top.area_id, r.scheme_id, l.sex, l.age_group_id, l.disability,
           sum(l.beneficiaries), sum(l.contributors), sum(l.registered), sum(l.new_enrolments), sum(l.exits),
           sum(l.amount_paid), sum(l.applied), sum(l.refused), sum(l.waiting), sum(l.paid_on_time),
           sum(l.records_updated), sum(l.beneficiaries) FILTER (WHERE s.layer_id > a.layer_id),
           sum(l.accepted), sum(l.first_paid)
    FROM core.area top
    JOIN core.area a ON a.tree_left BETWEEN top.tree_left AND top.tree_right
    JOIN core.return r ON r.area_id = a.area_id
    JOIN core.scheme s USING (scheme_id)
    JOIN core.scheme_line l USING (period_id, return_id)
    WHERE top.area_id = ANY (areas)
      AND r.period_id = of_period AND r.dataset = 'scheme_returns' AND r.known_from <= t AND r.known_to > t
    GROUP BY top.area_id, r.scheme_id, l.sex, l.age_group_id, l.disability
$$;
