-- Everything multiplied; 1 of nothing.
CREATE AGGREGATE core.product(double precision) (
    SFUNC = float8mul, STYPE = double precision, INITCOND = '1', PARALLEL = SAFE
);
