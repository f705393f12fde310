-- What was doubtful in the returns that stand, rule by rule, with one example of each: one that nobody has confirmed,
-- where there is any.
CREATE FUNCTION mart.review_warnings(area text, dataset text, of_period text) RETURNS TABLE (
    rule text, n bigint, unconfirmed bigint, areas bigint, message jsonb, area_code text, names jsonb, receipt text, row_number integer)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    top record;
BEGIN
    SELECT * INTO top FROM mart.reviewed(area, of_period) r WHERE r.place = 0;
    RETURN QUERY
    WITH standing AS MATERIALIZED (
        SELECT r.return_id, r.submission_id, r.area_id
        FROM core.area a
        JOIN core.return r ON r.area_id = a.area_id
        WHERE a.tree_left BETWEEN top.tree_left AND top.tree_right
          AND r.period_id = top.period_id AND r.dataset = review_warnings.dataset AND r.known_to = 'infinity'
    ),
    doubt AS MATERIALIZED (
        SELECT p.submission_id, p.row_number, p.rule, p.message, u.receipt,
               EXISTS (SELECT FROM ledger.confirmation c
                       WHERE c.submission_id = p.submission_id AND c.verdict = p.verdict
                         AND coalesce(c.rule, p.rule) = p.rule
                         AND coalesce(c.row_number, p.row_number) IS NOT DISTINCT FROM p.row_number) AS confirmed
        FROM (SELECT DISTINCT submission_id FROM standing) AS file
        JOIN ledger.submission u USING (submission_id)
        JOIN ledger.problem p ON p.submission_id = u.submission_id AND p.verdict = u.verdicts
        WHERE p.severity = 'warn'
    ),
    suspect AS MATERIALIZED (
        SELECT s.*
        FROM standing s
        WHERE s.submission_id IN (SELECT d.submission_id FROM doubt d)
          AND (SELECT count(*) FROM standing) < 20000  -- of a whole nation the lines are too many to look at
    ),
    line AS (
        SELECT s.area_id, s.submission_id, l.row_number
        FROM suspect s
        JOIN core.scheme_line l ON l.period_id = top.period_id AND l.return_id = s.return_id
        WHERE review_warnings.dataset = 'scheme_returns'
        UNION ALL
        SELECT s.area_id, s.submission_id, l.row_number
        FROM suspect s
        JOIN core.flash_line l USING (return_id)
        WHERE review_warnings.dataset = 'flash_reports'
    )
    SELECT d.rule, count(*), count(*) FILTER (WHERE NOT d.confirmed), count(DISTINCT line.area_id),
           (array_agg(d.message ORDER BY d.confirmed, a.code, d.row_number))[1],
           coalesce((array_agg(a.code ORDER BY d.confirmed, a.code, d.row_number))[1], top.area_code),
           coalesce((array_agg(a.names ORDER BY d.confirmed, a.code, d.row_number))[1], top.names),
           (array_agg(d.receipt ORDER BY d.confirmed, a.code, d.row_number))[1],
           (array_agg(d.row_number ORDER BY d.confirmed, a.code, d.row_number))[1]
    FROM doubt d
    LEFT JOIN line ON line.submission_id = d.submission_id AND line.row_number = d.row_number
    LEFT JOIN core.area a ON a.area_id = line.area_id
    WHERE line.area_id IS NOT NULL OR NOT EXISTS (SELECT FROM suspect)
    GROUP BY d.rule
    ORDER BY count(*) DESC, d.rule;
END $$;
