-- The moment at which a day ends: midnight where the country is.
CREATE FUNCTION core.end_of_day(day date, timezone text) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (day + 1)::timestamp AT TIME ZONE timezone
$$;
