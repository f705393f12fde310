-- The year whose population stands for a period: its own, or else the latest before it.
CREATE FUNCTION core.population_year(of_period integer) RETURNS smallint
LANGUAGE sql STABLE AS $$
    SELECT max(year) FROM core.denominator WHERE year <= of_period / 1000
$$;
