-- What the offices below the session's own owe after the due day, for those who follow it up: by whom it is awaited, and when
-- somebody last reminded them. Names of accounts are read here with the owner's rights, and only of these offices.
-- Grain: office, dataset, scheme, period.
CREATE FUNCTION core.late_below(
    OUT area_id integer, OUT dataset text, OUT scheme_id smallint, OUT period text, OUT due_on date, OUT n bigint,
    OUT people text[], OUT person_ids integer[], OUT reminded_at timestamptz
) RETURNS SETOF record
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT r.area_id, r.dataset, r.scheme_id, r.period, r.due_on, r.n, w.names, w.ids,
               (SELECT max(m.made_at) FROM core.reminder m
                WHERE m.area_id = r.area_id AND m.dataset = r.dataset AND m.scheme_id = r.scheme_id AND m.period = r.period
                  AND m.stage = 'asked')
        FROM core.my_office o
        CROSS JOIN core.owed_return r
        CROSS JOIN LATERAL (
            SELECT array_agg(p.name ORDER BY p.name) AS names, array_agg(p.person_id ORDER BY p.name) AS ids
            FROM ledger.person p
            JOIN core.role role ON role.code = p.role
            WHERE p.area_id = r.area_id AND p.active AND p.administrator IS NULL AND role.actions && ARRAY['submit', 'draft']
        ) AS w
        WHERE NOT r.own AND r.late AND o.administrator IS NULL AND o.actions && ARRAY['submit', 'draft', 'return'];
END $$;
