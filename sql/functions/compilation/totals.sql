-- Totals of some areas in a period, one flat object each: "scheme/sex/measure" → number, or of flash reports "own/axis"
-- and "compiled/axis" → percent; and the returns expected and received. Grain: area.
CREATE FUNCTION core.totals(of_period integer, of_dataset text, areas integer[])
RETURNS TABLE (area_id integer, totals jsonb)
LANGUAGE sql STABLE AS $$
    SELECT entry.area_id, jsonb_object_agg(entry.what, entry.n)
    FROM (
        SELECT c.area_id, concat_ws('/', s.code, c.sex, m.measure) AS what, sum(m.n) AS n
        FROM core.cells(of_period, areas) c
        JOIN core.scheme s USING (scheme_id)
        CROSS JOIN LATERAL (VALUES
            ('beneficiaries', c.beneficiaries::numeric), ('contributors', c.contributors), ('registered', c.registered),
            ('new_enrolments', c.new_enrolments), ('exits', c.exits), ('amount_paid', c.amount_paid),
            ('applied', c.applied), ('refused', c.refused), ('waiting', c.waiting), ('paid_on_time', c.paid_on_time),
            ('records_updated', c.records_updated), ('place_not_known', c.place_not_known),
            ('accepted', c.accepted), ('first_paid', c.first_paid)
        ) AS m (measure, n)
        WHERE of_dataset = 'scheme_returns' AND m.n IS NOT NULL
        GROUP BY c.area_id, s.code, c.sex, m.measure
        UNION ALL
        SELECT r.area_id, concat_ws('/', s.code, 'returns', m.measure), m.n
        FROM core.reporting r
        LEFT JOIN core.scheme s ON s.scheme_id = r.scheme_id AND r.scheme_id > 0
        CROSS JOIN LATERAL (VALUES ('expected', r.expected::numeric), ('received', r.received)) AS m (measure, n)
        WHERE r.period_id = of_period AND r.dataset = of_dataset AND r.area_id = ANY (areas)
        UNION ALL
        SELECT r.area_id, 'own/' || m.axis, m.n
        FROM core.return r
        JOIN core.flash_line l USING (return_id)
        CROSS JOIN LATERAL (VALUES
            ('institutional_arrangement', l.institutional_arrangement), ('human_resources', l.human_resources),
            ('communication_enrolment', l.communication_enrolment), ('process_tools', l.process_tools),
            ('project_management', l.project_management)
        ) AS m (axis, n)
        WHERE of_dataset = 'flash_reports' AND r.dataset = of_dataset AND r.period_id = of_period
          AND r.administrator_id = 0 AND r.area_id = ANY (areas) AND r.known_to = 'infinity'
        UNION ALL
        SELECT f.area_id, 'compiled/' || m.axis, m.n
        FROM core.flash_compiled f
        CROSS JOIN LATERAL (VALUES
            ('institutional_arrangement', f.mean[1]), ('human_resources', f.mean[2]),
            ('communication_enrolment', f.mean[3]), ('process_tools', f.mean[4]), ('project_management', f.mean[5])
        ) AS m (axis, n)
        WHERE of_dataset = 'flash_reports' AND f.period_id = of_period AND f.area_id = ANY (areas)
    ) AS entry
    GROUP BY entry.area_id
$$;
