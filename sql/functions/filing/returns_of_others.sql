-- Returns in the session's scope that stand and that it may not replace, of some periods and areas (NULL: of all areas). `subject_id` is
-- the scheme, indicator or administrator; a return is about one of them at most.
CREATE FUNCTION core.returns_of_others(
    of_dataset text, periods integer[], areas integer[],
    OUT period_id integer, OUT area_id integer, OUT subject_id smallint
) RETURNS SETOF record
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT r.period_id, r.area_id, r.scheme_id + r.indicator_id + r.administrator_id
        FROM core.return r
        WHERE r.known_to = 'infinity' AND r.dataset = of_dataset AND NOT r.from_list
          AND r.period_id = ANY (periods) AND (areas IS NULL OR r.area_id = ANY (areas))
          AND r.area_id IN (SELECT s.area_id FROM core.scope() s)
          AND r.submission_id IN (SELECT core.submissions_of_others());
END $$;
