-- The schemes of the lists, each with a bit of its own: a set of schemes is a string of bits, made without any sorting.
CREATE TEMP TABLE listed_scheme ON COMMIT DROP AS
SELECT scheme_id,
       set_bit(repeat('0', count(*) OVER ()::integer)::varbit, row_number() OVER (ORDER BY scheme_id)::integer - 1, 1)::varbit
           AS bit
FROM (SELECT DISTINCT scheme_id FROM list) AS scheme;
ANALYZE listed_scheme;

-- What all lists together say of each person, in one pass over their lines: one row a person. Most persons have one area and
-- one year of birth in all their lists; the others are looked at line by line (3_statement.sql).
CREATE TEMP TABLE said ON COMMIT DROP AS
SELECT b.person, min(l.area_id) AS area_id, max(l.area_id) AS other_id, min(b.birth_year) AS born, max(b.birth_year) AS born_last,
       count(*) FILTER (WHERE b.sex = 'F') AS f, count(*) FILTER (WHERE b.sex = 'M') AS m,
       count(*) FILTER (WHERE b.sex = 'X') AS x,
       min(strpos('YNUT', b.disability::text)) AS disability, bit_or(s.bit) AS schemes
FROM list l
JOIN listed_scheme s USING (scheme_id)
JOIN core.beneficiary_line b USING (return_id)
GROUP BY b.person;
ANALYZE said (area_id, other_id, born, born_last);

-- The age group of who was born in a year, by the age that is reached within the year; 0 where it is none of the country's.
CREATE TEMP TABLE age_of ON COMMIT DROP AS
SELECT born, coalesce(g.age_group_id, 0::smallint) AS age_group_id
FROM (SELECT DISTINCT born FROM said UNION SELECT born_last FROM said) AS year
LEFT JOIN core.age_group g ON :first / 1000 - born BETWEEN g.low AND coalesce(g.high, 999);
ANALYZE age_of;
