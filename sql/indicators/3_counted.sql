-- Persons that each scheme counts for each indicator, sexes side by side: certainly of the indicator's ages, or (maybe)
-- of no stated age, in a scheme that also serves others. One row an area, indicator and scheme; NULL where no line says.
CREATE TEMP TABLE counted ON COMMIT DROP AS
WITH line AS (
    SELECT area_id, scheme_id, sex, band, core.total(beneficiaries) AS beneficiaries,
           core.total(contributors) AS contributors, core.total(registered) AS registered
    FROM (
        SELECT area_id, scheme_id, sex, age_group_id, beneficiaries, contributors, registered
        FROM core.compiled_line
        WHERE period_id = :period_id AND area_id = ANY (ARRAY(SELECT area_id FROM claimed))
        UNION ALL  -- what areas report whose persons a list names is counted from the list (4_reported.sql)
        SELECT area_id, scheme_id, sex, age_group_id, -beneficiaries, NULL, NULL FROM listed_count
    ) AS compiled
    JOIN (SELECT DISTINCT age_group_id, band FROM disaggregation) AS age_band USING (age_group_id)
    GROUP BY area_id, scheme_id, sex, band
),
input AS (
    SELECT area_id, input,
           core.total(persons) FILTER (WHERE sex = 'F') AS f, core.total(persons) FILTER (WHERE sex = 'M') AS m,
           core.total(persons) FILTER (WHERE sex = 'X') AS x, core.total(persons) FILTER (WHERE sex = 'U') AS u
    FROM (
        SELECT area_id, input, sex,
               CASE measure WHEN 'contributors' THEN contributors WHEN 'registered' THEN registered
                    ELSE beneficiaries END AS persons
        FROM line
        JOIN (SELECT DISTINCT scheme_id, sex, band, measure, input FROM disaggregation) AS measured
            USING (scheme_id, sex, band)
    ) AS measured
    GROUP BY area_id, input
),
indicator_input AS (
    SELECT DISTINCT input, indicator_id, scheme_id, certain
    FROM disaggregation
    JOIN core.indicator_part USING (scheme_id, sex, age_group_id, measure)
)
SELECT area_id, indicator_id, scheme_id,
       core.total(f) FILTER (WHERE certain) AS f, core.total(f) FILTER (WHERE NOT certain) AS f_maybe,
       core.total(m) FILTER (WHERE certain) AS m, core.total(m) FILTER (WHERE NOT certain) AS m_maybe,
       core.total(x) FILTER (WHERE certain) AS x, core.total(x) FILTER (WHERE NOT certain) AS x_maybe,
       core.total(u) FILTER (WHERE certain) AS u, core.total(u) FILTER (WHERE NOT certain) AS u_maybe
FROM input
JOIN indicator_input USING (input)
GROUP BY area_id, indicator_id, scheme_id;
