-- What compiling these periods anew works on, a row a period of which anything was ever handed in: returns that stand,
-- figures that are published, committees that have signed and see them reopened where a figure moves.
SELECT p.key AS period,
       (SELECT count(*) FROM core.return r WHERE r.period_id = p.period_id AND r.known_to = 'infinity') AS returns,
       (SELECT count(*) FROM core.indicator_value v WHERE v.period_id = p.period_id) AS figures,
       (SELECT count(*)
        FROM (SELECT DISTINCT ON (area_id, dataset) state
              FROM core.review r WHERE r.period_id = p.period_id ORDER BY area_id, dataset, review_id DESC) AS latest
        WHERE state = 'endorsed') AS signed
FROM core.period p
WHERE p.period_id BETWEEN :first AND :last AND p.kind = CAST(:kind AS "char")
ORDER BY p.period_id
