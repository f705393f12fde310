-- Lists that the rules of row-level security look into; why their cost is said to be small, migrations/0002_people.sql
-- tells.

-- Figures that somebody sees who does not see provisional ones: of areas in their scope, while they stand signed.
CREATE OR REPLACE FUNCTION core.endorsed_in_scope(OUT area_id integer, OUT period_id integer) RETURNS SETOF record
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog COST 1 ROWS 10 AS $$
#variable_conflict use_column
BEGIN
    IF core.sees('endorsed') THEN
        RETURN QUERY
            SELECT e.area_id, e.period_id
            FROM core.endorsed e
            WHERE e.dataset = 'scheme_returns' AND e.area_id IN (SELECT s.area_id FROM core.scope() s);
    END IF;
END $$;
CREATE OR REPLACE VIEW core.my_endorsed AS SELECT area_id, period_id FROM core.endorsed_in_scope();

-- Schemes, and scheme administrators' own sheets, for an account that belongs to one.
CREATE OR REPLACE FUNCTION core.schemes_seen() RETURNS SETOF smallint
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog COST 1 ROWS 10 AS $$
BEGIN
    RETURN QUERY
        SELECT s.scheme_id
        FROM core.current_grants() m
        JOIN core.scheme s ON m.administrator IS NULL OR s.scheme_id = 0 OR s.administrator_code = m.administrator
        UNION ALL
        SELECT a.administrator_id
        FROM core.current_grants() m
        JOIN core.administrator a ON m.administrator IS NULL OR a.code = m.administrator;
END $$;
CREATE OR REPLACE VIEW core.my_schemes AS SELECT scheme_id FROM core.schemes_seen() AS scheme_id;
