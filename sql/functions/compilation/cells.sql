-- What is compiled for some areas in a period. Grain: area, scheme, sex, age group, disability.
--
-- A set of its own (OFFSET 0), so that both branches of core.compiled_line are reached by their indexes where period and
-- areas come from another table.
CREATE FUNCTION core.cells(of_period integer, areas integer[]) RETURNS TABLE (
    area_id integer, scheme_id smallint, sex "char", age_group_id smallint, disability "char",
    beneficiaries bigint, contributors bigint, registered bigint, new_enrolments bigint, exits bigint, amount_paid numeric)
LANGUAGE sql STABLE AS $$
    SELECT c.area_id, c.scheme_id, c.sex, c.age_group_id, c.disability,
           c.beneficiaries, c.contributors, c.registered, c.new_enrolments, c.exits, c.amount_paid
    FROM core.compiled_line c
    WHERE c.period_id = of_period AND c.area_id = ANY (areas)
    OFFSET 0
$$;
