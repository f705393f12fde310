-- Every figure that was ever released, those withdrawn included, oldest first, with what was held back of it.
SELECT r.code AS release, c.public_table AS "table", p.key AS period, c.area_code AS area, c.sex, c.age_group, c.scheme,
       c.indicator, coalesce(h.count, c.count) AS count, c.count AS published, c.status::text AS status
FROM core.release r
JOIN core.period p USING (period_id)
JOIN core.released_cell c USING (release_id)
LEFT JOIN core.held_back_count h ON (h.release_id, h.public_table, h.key) = (c.release_id, c.public_table, c.key)
WHERE r.state IN ('released', 'superseded', 'withdrawn') AND c.status IN ('A', 'Q', 'R')
ORDER BY r.release_id
