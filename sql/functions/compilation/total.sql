-- Sum of persons as a bigint. sum() of bigint works in numeric, which is several times slower. Sums of persons fit; one
-- that did not would be an error, not a wrong figure.
CREATE AGGREGATE core.total(bigint) (
    SFUNC = int8pl, STYPE = bigint, COMBINEFUNC = int8pl, PARALLEL = SAFE
);
