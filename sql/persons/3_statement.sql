-- What each list says of those of whom lists say different things. One row a line of a list.
CREATE TEMP TABLE statement ON COMMIT DROP AS
SELECT person, l.area_id, l.scheme_id, l.period_id, coalesce(g.age_group_id, 0::smallint) AS age_group_id
FROM (SELECT person FROM said WHERE area_id < other_id OR born < born_last) AS differing
JOIN core.beneficiary_line b USING (person)
JOIN list l USING (return_id)
LEFT JOIN core.age_group g ON :first / 1000 - b.birth_year BETWEEN g.low AND coalesce(g.high, 999);
ANALYZE statement;
