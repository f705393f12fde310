-- Every figure that was ever released, those withdrawn included, oldest first, with what was held back of it; and the
-- divisors of sums (transforms/release/divisors.py).
SELECT release, "table", period, area, sex, age_group, scheme, indicator, count, published, status
FROM (
    SELECT r.release_id, r.code AS release, c.public_table AS "table", p.key AS period, c.area_code AS area, c.sex,
           c.age_group, c.scheme, c.indicator, coalesce(h.count, c.count) AS count, c.count AS published,
           c.status::text AS status
    FROM core.release r
    JOIN core.period p USING (period_id)
    JOIN core.released_cell c USING (release_id)
    LEFT JOIN core.held_back_count h
        ON (h.release_id, h.public_table, h.key) = (c.release_id, c.public_table, c.key)
    WHERE r.state IN ('released', 'superseded', 'withdrawn') AND c.status IN ('A', 'Q', 'R')
      AND coalesce(h.count, c.count) IS NOT NULL  -- women compared with men have no count
    UNION ALL
    SELECT r.release_id, r.code, c.public_table || '/divisor', p.key, c.area_code, c.sex, c.age_group, c.scheme,
           c.indicator, d.count, d.published, d.status::text
    FROM core.release r
    JOIN core.period p USING (period_id)
    JOIN core.released_cell c USING (release_id)
    JOIN core.released_divisor d ON (d.release_id, d.public_table, d.key) = (c.release_id, c.public_table, c.key)
    WHERE r.state IN ('released', 'superseded', 'withdrawn')
) AS released
ORDER BY release_id
