-- SHA-256, in hexadecimal, of everything that the review page of an area shows: its own cells and those right below it, who
-- has reported, and since when its indicators are known; and of the population groups of those cells, which are signed with
-- them. A page sends it back with a signature, so that nobody signs what they have not seen. In PL/pgSQL, so that the
-- planner knows whose rows are wanted.
CREATE FUNCTION core.fingerprint(of_period integer, of_dataset text, of_area integer) RETURNS text
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
            (SELECT sum(hashtextextended(g::text, 0)::numeric)
             FROM core.compiled_group_line g WHERE g.period_id = of_period AND g.area_id = ANY (shown)),
            (SELECT concat_ws(' ', count(*), extract(epoch FROM max(v.known_from)))
             FROM core.indicator_value v WHERE v.period_id = of_period AND v.area_id = of_area))
        INTO figures
        FROM core.cells(of_period, shown) c;
    ELSE
        SELECT concat_ws(E'\n\n',
            (SELECT string_agg(concat_ws(' ', f.area_id, f.mean, f.lowest, f.highest), E'\n' ORDER BY f.area_id)
             FROM core.flash_compiled f WHERE f.period_id = of_period AND f.area_id = ANY (shown)),
            (SELECT string_agg(concat_ws(' ', r.area_id, r.return_id), E'\n' ORDER BY r.area_id, r.administrator_id)
             FROM core.return r
             WHERE r.period_id = of_period AND r.dataset = of_dataset AND r.known_to = 'infinity'
               AND r.area_id = ANY (shown)))
        INTO figures;
    END IF;
    RETURN encode(sha256(convert_to(concat_ws(E'\n\n', of_dataset, of_period, figures, reported), 'UTF8')), 'hex');
END $$;
