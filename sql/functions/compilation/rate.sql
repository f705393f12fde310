-- A figure from its counts, divided at the very end; where nothing divides (`divided`), the count itself. Counts of money
-- are in hundredths: `_parts` says how many make one of the unit. NULL where the denominator is missing or zero.
CREATE FUNCTION core.rate(
    counted bigint, denominator bigint, divided boolean, numerator_parts smallint, denominator_parts smallint
) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN divided
        THEN counted::double precision / nullif(denominator, 0) * (denominator_parts::double precision / numerator_parts)
        ELSE counted::double precision / numerator_parts
    END
$$;
