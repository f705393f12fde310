-- The lists whose persons are counted in a period, those of a year's months in the year. One row a return.
--
-- A list of a part, or with rejected rows, says less than a full return of the scheme: where one stands it is left aside.
CREATE TEMP TABLE list ON COMMIT DROP AS
WITH standing AS MATERIALIZED (
    SELECT l.* FROM core.standing_list l WHERE l.period_id BETWEEN :first AND :last
),
left_aside AS (
    SELECT l.reporting_id, l.period_id, l.scheme_id
    FROM standing l
    JOIN core.return r ON (r.area_id, r.period_id, r.scheme_id) = (l.reporting_id, l.period_id, l.scheme_id)
    WHERE l.partial AND r.dataset = 'scheme_returns' AND r.known_to = 'infinity' AND NOT r.partial
)
SELECT return_id, period_id, area_id, scheme_id, reporting_id, partial
FROM standing
WHERE (reporting_id, period_id, scheme_id) NOT IN (SELECT * FROM left_aside);
ANALYZE list;
