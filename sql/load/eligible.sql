-- What the population of one year means for each scheme and each indicator, at every area.
DELETE FROM core.eligible WHERE year = :year;

INSERT INTO core.eligible
SELECT :year, area_id, scheme_id,
       core.total(population) FILTER (WHERE sex = 'F'), core.total(population) FILTER (WHERE sex = 'M'),
       core.total(population) FILTER (WHERE sex = 'X'), core.total(population) FILTER (WHERE sex = 'U')
FROM core.denominator
JOIN core.scheme_cell USING (sex, age_group_id)
WHERE year = :year
GROUP BY area_id, scheme_id;

DELETE FROM core.indicator_denominator WHERE year = :year;

INSERT INTO core.indicator_denominator
SELECT :year, area_id, indicator_id,
       core.total(population) FILTER (WHERE sex = 'F'), core.total(population) FILTER (WHERE sex = 'M'),
       core.total(population) FILTER (WHERE sex = 'X'), core.total(population) FILTER (WHERE sex = 'U')
FROM core.denominator
JOIN core.indicator_cell USING (sex, age_group_id)
WHERE year = :year
GROUP BY area_id, indicator_id;
