-- A list also gives the counts of its scheme, as a return that stands where nobody filed one: by area of the layer that
-- reports the scheme, sex, age group and disability, every line of every list counted, whoever stands in two. A list
-- that is corrected or withdrawn takes its counts along; a return that somebody files takes their place (load/yield.sql).
CREATE TEMP TABLE listed_return ON COMMIT DROP AS
SELECT nextval('core.return_id')::integer AS return_id, l.*
FROM (
    SELECT l.reporting_id AS area_id, l.scheme_id, bool_or(l.partial) AS partial, max(l.submission_id) AS submission_id,
           max(r.received_at) AS received_at, array_agg(l.return_id) AS lists,
           hashtextextended(string_agg(l.return_id::text, ' ' ORDER BY l.return_id) || bool_or(l.partial), 0) AS mark
    FROM core.standing_list l
    JOIN core.return r USING (return_id)
    WHERE l.period_id = :period_id
    GROUP BY l.reporting_id, l.scheme_id
) AS l
WHERE NOT EXISTS (
    SELECT FROM core.return r
    WHERE (r.area_id, r.period_id, r.scheme_id) = (l.area_id, :period_id, l.scheme_id)
      AND r.dataset = 'scheme_returns' AND r.known_to = 'infinity' AND NOT r.from_list);

CREATE TEMP TABLE matched ON COMMIT DROP AS
SELECT n.return_id AS new_id, r.return_id, r.area_id
FROM listed_return n
FULL JOIN (SELECT * FROM core.return WHERE period_id = :period_id AND from_list AND known_to = 'infinity') AS r
    USING (area_id, scheme_id, mark);

UPDATE core.return r
SET known_to = clock_timestamp()
FROM matched o
WHERE r.return_id = o.return_id AND o.new_id IS NULL;

DELETE FROM listed_return n USING matched o WHERE o.new_id = n.return_id AND o.return_id IS NOT NULL;

CREATE TEMP TABLE listed_line ON COMMIT DROP AS
SELECT n.return_id, b.sex, coalesce(g.age_group_id, 0::smallint) AS age_group_id, b.disability,
       count(*)::integer AS beneficiaries, sum(b.amount_paid) AS amount_paid
FROM listed_return n
JOIN core.beneficiary_line b ON b.return_id = ANY (n.lists)
LEFT JOIN core.age_group g ON :period_id / 1000 - b.birth_year BETWEEN g.low AND coalesce(g.high, 999)
GROUP BY n.return_id, b.sex, coalesce(g.age_group_id, 0::smallint), b.disability;

INSERT INTO core.return
    (return_id, dataset, period_id, area_id, scheme_id, submission_id, received_at, known_from, partial, zero, lines, total,
     mark, from_list)
SELECT n.return_id, 'scheme_returns', :period_id, n.area_id, n.scheme_id, n.submission_id, n.received_at,
       clock_timestamp(), n.partial, false, l.lines, l.total, n.mark, true
FROM listed_return n
JOIN (SELECT return_id, count(*) AS lines, sum(beneficiaries) AS total FROM listed_line GROUP BY return_id) AS l
    USING (return_id);

INSERT INTO core.scheme_line (period_id, return_id, row_number, sex, age_group_id, disability, beneficiaries, amount_paid)
SELECT :period_id, return_id, row_number() OVER (PARTITION BY return_id ORDER BY sex, age_group_id, disability),
       sex, age_group_id, disability, beneficiaries, amount_paid
FROM listed_line;

INSERT INTO core.missing_line  -- a list does not tell who contributes
SELECT DISTINCT n.return_id, c.sex, 0, p.measure
FROM listed_return n
JOIN core.scheme_cell c USING (scheme_id)
JOIN core.indicator_part p USING (scheme_id, sex, age_group_id)
WHERE p.measure <> 'beneficiaries' AND c.sex IN ('F', 'M');

INSERT INTO core.compile_queue (period_id, stage, area_id, announced_at)
SELECT :period_id, a.layer_id, a.area_id, clock_timestamp()
FROM core.area a
WHERE a.area_id IN (SELECT area_id FROM listed_return
                    UNION
                    SELECT area_id FROM matched WHERE new_id IS NULL);

DROP TABLE listed_return, matched, listed_line;
