-- The year whose population stands for a period: its own (filed, or interpolated where the country
-- declares it: load/own_population.sql), or else the latest before it. NULL where only later years are
-- known: a count made afterwards says nothing certain of who lived there before, so such a period has counts and no
-- rates, and its files are not measured against a population. The same for every area: one without a population in that
-- year has counts and no rate, because rates that are compared with each other divide by the same year.
CREATE FUNCTION core.population_year(of_period integer) RETURNS smallint
LANGUAGE sql STABLE AS $$
    SELECT max(year) FROM core.denominator WHERE year <= of_period / 1000
$$;
