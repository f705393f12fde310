-- Compilations under review: what is signed, what was signed, and what a signature waits for.

-- What is compiled for some areas, cell by cell. The lowest layer has nothing to add up: its compilation is its returns.
CREATE OR REPLACE FUNCTION core.cells(of_period integer, areas integer[]) RETURNS TABLE (
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

-- The same as it stood at a moment, added up anew from the returns of the areas and of all below them.
CREATE OR REPLACE FUNCTION core.cells_as_known_at(of_period integer, areas integer[], t timestamptz) RETURNS TABLE (
    area_id integer, scheme_id smallint, sex "char", age_group_id smallint, disability "char",
    beneficiaries bigint, contributors bigint, registered bigint, new_enrolments bigint, exits bigint, amount_paid numeric)
LANGUAGE sql STABLE AS $$
    SELECT top.area_id, r.scheme_id, l.sex, l.age_group_id, l.disability,
           sum(l.beneficiaries), sum(l.contributors), sum(l.registered), sum(l.new_enrolments), sum(l.exits),
           sum(l.amount_paid)
    FROM core.area top
    JOIN core.area a ON a.tree_left BETWEEN top.tree_left AND top.tree_right
    JOIN core.return r ON r.area_id = a.area_id
    JOIN core.scheme_line l USING (period_id, return_id)
    WHERE top.area_id = ANY (areas)
      AND r.period_id = of_period AND r.dataset = 'scheme_returns' AND r.known_from <= t AND r.known_to > t
    GROUP BY top.area_id, r.scheme_id, l.sex, l.age_group_id, l.disability
$$;

-- Totals as one flat object an area: "scheme/sex/measure" or, of flash reports, "own/axis" and "compiled/axis" → number.
CREATE OR REPLACE FUNCTION core.totals(of_period integer, of_dataset text, areas integer[])
RETURNS TABLE (area_id integer, totals jsonb)
LANGUAGE sql STABLE AS $$
    SELECT entry.area_id, jsonb_object_agg(entry.what, entry.n)
    FROM (
        SELECT c.area_id, concat_ws('/', s.code, c.sex, m.measure) AS what, sum(m.n) AS n
        FROM core.cells(of_period, areas) c
        JOIN core.scheme s USING (scheme_id)
        CROSS JOIN LATERAL (VALUES
            ('beneficiaries', c.beneficiaries::numeric), ('contributors', c.contributors), ('registered', c.registered),
            ('new_enrolments', c.new_enrolments), ('exits', c.exits), ('amount_paid', c.amount_paid)
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
          AND r.scheme_id = 0 AND r.area_id = ANY (areas) AND r.known_to = 'infinity'
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

-- What moved between two such objects: [{what, before, after}].
CREATE OR REPLACE FUNCTION core.differences(earlier jsonb, later jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('what', key, 'before', b.value, 'after', a.value) ORDER BY key), '[]')
    FROM jsonb_each(earlier) AS b
    FULL JOIN jsonb_each(later) AS a USING (key)
    WHERE b.value IS DISTINCT FROM a.value
$$;

-- Everything that the review page of an area shows, as one short text: the area's own cells and those right below it,
-- who has reported, and since when its indicators stand. A page sends it back with a signature.
-- In plpgsql, so that the planner knows whose rows are wanted.
CREATE OR REPLACE FUNCTION core.fingerprint(of_period integer, of_dataset text, of_area integer) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    below constant integer[] := coalesce((SELECT array_agg(a.area_id) FROM core.area a WHERE a.parent_id = of_area), '{}');
    shown constant integer[] := of_area || below;
    figures text;
    reported text;
BEGIN
    SELECT string_agg(concat_ws(' ', r.area_id, r.scheme_id, r.expected, r.received, r.partial, r.zero), E'\n'
                      ORDER BY r.area_id, r.scheme_id)
    INTO reported
    FROM core.reporting r
    WHERE r.period_id = of_period AND r.dataset = of_dataset AND r.area_id = ANY (shown);
    IF of_dataset = 'scheme_returns' THEN
        SELECT concat_ws(E'\n\n',
            string_agg(c::text, E'\n' ORDER BY c::text) FILTER (WHERE c.area_id = of_area),
            sum(hashtextextended(c::text, 0)::numeric) FILTER (WHERE c.area_id <> of_area),
            (SELECT concat_ws(' ', count(*), extract(epoch FROM max(v.known_from)))
             FROM core.indicator_value v WHERE v.period_id = of_period AND v.area_id = of_area))
        INTO figures
        FROM core.cells(of_period, shown) c;
    ELSE
        SELECT concat_ws(E'\n\n',
            (SELECT string_agg(concat_ws(' ', f.area_id, f.mean, f.lowest, f.highest), E'\n' ORDER BY f.area_id)
             FROM core.flash_compiled f WHERE f.period_id = of_period AND f.area_id = ANY (shown)),
            (SELECT string_agg(concat_ws(' ', r.area_id, r.return_id), E'\n' ORDER BY r.area_id, r.scheme_id)
             FROM core.return r
             WHERE r.period_id = of_period AND r.dataset = of_dataset AND r.known_to = 'infinity'
               AND r.area_id = ANY (shown)))
        INTO figures;
    END IF;
    RETURN encode(sha256(convert_to(concat_ws(E'\n\n', of_dataset, of_period, figures, reported), 'UTF8')), 'hex');
END $$;

-- Whether everything that came in for a period has been compiled and published.
CREATE OR REPLACE FUNCTION core.is_settled(of_period integer) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT EXISTS (SELECT FROM core.period p WHERE p.period_id = of_period AND p.published_at IS NOT NULL)
       AND NOT EXISTS (SELECT FROM core.compile_queue t WHERE t.period_id = of_period)
$$;

-- Endorsements that stand, of areas none of whose figures are on the move: while a change waits to be compiled and
-- published, what is shown is no longer what was signed.
CREATE OR REPLACE VIEW core.endorsed WITH (security_invoker) AS
SELECT c.period_id, c.dataset, c.area_id, c.as_known_at
FROM core.compilation c
WHERE c.state = 'endorsed'
  AND NOT EXISTS (SELECT FROM core.compile_queue t WHERE t.period_id = c.period_id AND t.area_id IN (0, c.area_id));

-- The areas right below that have a committee and have not signed what their parent's committee wants signed first.
CREATE OR REPLACE VIEW core.unsigned_child WITH (security_invoker) AS
SELECT DISTINCT r.period_id, r.dataset, a.parent_id AS area_id, a.area_id AS child_id
FROM core.reporting r
JOIN core.area a USING (area_id)
JOIN core.area parent ON parent.area_id = a.parent_id
JOIN core.committee own ON own.layer_id = parent.layer_id AND own.requires_children
JOIN core.committee below ON below.layer_id = a.layer_id
LEFT JOIN core.compilation c
    ON c.period_id = r.period_id AND c.dataset = r.dataset AND c.area_id = r.area_id AND c.state = 'endorsed'
WHERE c.area_id IS NULL;

-- The signed version of each compilation: the last one signed, whether it still stands or not.
CREATE OR REPLACE VIEW core.signed WITH (security_invoker) AS
SELECT DISTINCT ON (area_id, period_id, dataset)
       area_id, period_id, dataset, endorsement_id, as_known_at, ended_at, totals
FROM core.endorsement
ORDER BY area_id, period_id, dataset, endorsement_id DESC;
