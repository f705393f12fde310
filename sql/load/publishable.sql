-- The periods whose rates divide by the population of one year.
SELECT key FROM core.period WHERE kind IN ('Y', 'M') AND core.population_year(period_id) = :year;
