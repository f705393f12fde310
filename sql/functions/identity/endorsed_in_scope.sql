-- Areas and periods whose figures a session sees that does not see provisional ones: those in its scope, while they are
-- endorsed. Policies ask core.my_endorsed, which is this list.
CREATE FUNCTION core.endorsed_in_scope(OUT area_id integer, OUT period_id integer) RETURNS SETOF record
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER COST 1 ROWS 10 AS $$
#variable_conflict use_column
BEGIN
    IF core.sees('endorsed') THEN
        RETURN QUERY
            SELECT e.area_id, e.period_id
            FROM core.current_endorsement e
            WHERE e.dataset = 'scheme_returns' AND e.area_id IN (SELECT s.area_id FROM core.scope() s);
    END IF;
END $$;
