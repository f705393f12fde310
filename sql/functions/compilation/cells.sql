-- What is compiled for some areas in a period: the lines of core.compiled_line. Grain: area, scheme, sex, age group, disability.
--
-- A set of its own (OFFSET 0), so that both branches of core.compiled_line are reached by their indexes where period and
-- areas come from another table.
CREATE FUNCTION core.cells(of_period integer, areas integer[]) RETURNS SETOF core.scheme_total
LANGUAGE sql STABLE AS $$
    SELECT c.*
    FROM core.compiled_line c
    WHERE c.period_id = of_period AND c.area_id = ANY (areas)
    OFFSET 0
$$;
