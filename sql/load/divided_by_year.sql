-- The periods whose rates divide by the population of one year.
SELECT key
FROM core.period p
WHERE core.population_year(period_id) = :year
  AND EXISTS (SELECT FROM core.return r WHERE r.period_id = p.period_id AND r.dataset = 'scheme_returns');
