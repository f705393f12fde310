-- Of which lists the period's persons are counted, to know when they have to be counted anew; and which areas these name.
DELETE FROM core.counted_list WHERE period_id = :first;

INSERT INTO core.counted_list
SELECT :first, return_id
FROM core.return
WHERE period_id BETWEEN :first AND :last AND dataset = 'beneficiary_list' AND known_to = 'infinity';

DELETE FROM core.listed_area WHERE period_id = :first;

INSERT INTO core.listed_area
SELECT :first, reporting_id, scheme_id, bool_or(partial) FROM list WHERE period_id = :first GROUP BY reporting_id, scheme_id;
