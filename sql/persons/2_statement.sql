-- What each list says of a person. One row a line of a list.
CREATE TEMP TABLE statement ON COMMIT DROP AS
SELECT b.person, l.area_id, l.scheme_id, l.period_id, b.sex, b.disability, b.birth_year,
       coalesce(g.age_group_id, 0::smallint) AS age_group_id
FROM list l
JOIN core.beneficiary_line b USING (return_id)
LEFT JOIN core.age_group g  -- by the age that is reached within the year
    ON :first / 1000 - b.birth_year BETWEEN g.low AND coalesce(g.high, 999);
ANALYZE statement;
