-- Ends endorsements that no longer hold: those of `areas`, and the endorsed ones above them: every one, or where no figure
-- changed only such as want their children's endorsement. For each area: `origins`, where the change comes from; `files`, the
-- receipts that brought it, and `causes`, what it was (with blanks between them). Returns how many were reopened.
CREATE FUNCTION core.reopen(
    of_period integer, of_dataset text, areas integer[], origins integer[], files text[], causes text[],
    figures_moved boolean, because text, person_id integer, person text
) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    moment constant timestamptz := clock_timestamp();
    opened integer[];
BEGIN
    WITH RECURSIVE upwards AS (
        SELECT a.area_id, a.parent_id FROM core.area a WHERE a.area_id = ANY (areas)
        UNION
        SELECT a.area_id, a.parent_id
        FROM upwards u
        JOIN core.area a ON a.area_id = u.parent_id
        JOIN core.committee m USING (layer_id)
        WHERE figures_moved OR m.requires_children
    )
    SELECT array_agg(c.area_id) INTO opened
    FROM core.compilation c
    JOIN upwards u USING (area_id)
    WHERE c.period_id = of_period AND c.dataset = of_dataset AND c.state = 'endorsed';
    IF opened IS NULL THEN
        RETURN 0;
    END IF;
    INSERT INTO core.review (period_id, dataset, area_id, act, state, person_id, acted_by, acted_at, as_known_at,
                             reason, moved, cause_id, receipts, causes)
    SELECT of_period, of_dataset, e.area_id, 'reopened', 'reopened', reopen.person_id, person, moment, e.as_known_at,
           because, core.differences(e.totals, coalesce(t.totals, '{}')), coalesce(o.origin, origins[1]),
           string_to_array(coalesce(o.files, reopen.files[1]), ' '),
           coalesce(string_to_array(coalesce(o.causes, reopen.causes[1]), ' '), '{}')
    FROM core.endorsement e
    LEFT JOIN core.totals(of_period, of_dataset, opened) t USING (area_id)
    LEFT JOIN unnest(areas, origins, reopen.files, reopen.causes) AS o (area_id, origin, files, causes) USING (area_id)
    WHERE e.period_id = of_period AND e.dataset = of_dataset AND e.ended_at = 'infinity' AND e.area_id = ANY (opened);
    PERFORM core.end_signatures(of_period, of_dataset, opened, moment);
    UPDATE core.compilation c SET state = 'reopened', since = moment
    WHERE c.period_id = of_period AND c.dataset = of_dataset AND c.area_id = ANY (opened);
    PERFORM core.log_review(of_period, of_dataset, opened, 'reopened', person,
                      jsonb_strip_nulls(jsonb_build_object('files', files[1], 'causes', causes[1], 'reason', because)));
    RETURN cardinality(opened);
END $$;
