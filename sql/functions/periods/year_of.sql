-- A day as a year with its fraction, in which the end of 2026 is 2026: the last day of June 2026 is 2025.5.
CREATE FUNCTION core.year_of(day date) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT extract(year FROM day)::double precision - 1 + extract(month FROM day)::double precision / 12
$$;
