-- What the review page of one area, dataset and period shows. Functions and not views, so that only its part is read.

-- The area, and those right below it that stood in the period.
CREATE FUNCTION mart.reviewed(area text, of_period text) RETURNS TABLE (
    area_id integer, area_code text, names jsonb, area_level text, layer_id smallint, tree_left integer, tree_right integer,
    place integer, period_id integer)
LANGUAGE sql STABLE AS $$
    WITH top AS (
        SELECT a.*, p.period_id, p.starts_on, p.ends_on
        FROM core.period p
        JOIN core.area a ON a.code = area AND a.valid_from <= p.ends_on AND a.valid_to > p.starts_on
        WHERE p.key = of_period
    )
    SELECT top.area_id, top.code, top.names, l.code, top.layer_id, top.tree_left, top.tree_right, 0, top.period_id
    FROM top
    JOIN core.layer l USING (layer_id)
    UNION ALL
    SELECT a.area_id, a.code, a.names, l.code, a.layer_id, a.tree_left, a.tree_right, 1, top.period_id
    FROM top
    JOIN core.area a ON a.parent_id = top.area_id AND a.valid_from <= top.ends_on AND a.valid_to > top.starts_on
    JOIN core.layer l ON l.layer_id = a.layer_id
$$;

-- Totals by cell and sex of the area and those right below, for the period (back = 0) and those before it of its kind.
CREATE FUNCTION mart.review_figures(area text, dataset text, of_period text, most integer DEFAULT 6) RETURNS TABLE (
    area_code text, back integer, cell text, sex text, n numeric)
LANGUAGE sql STABLE AS $$
    WITH near AS MATERIALIZED (
        SELECT p.period_id, (row_number() OVER (ORDER BY p.ends_on DESC) - 1)::integer AS back
        FROM core.period p
        JOIN core.period this ON this.key = of_period AND this.kind = p.kind AND p.ends_on <= this.ends_on
        ORDER BY p.ends_on DESC
        LIMIT most + 1
    ),
    shown AS MATERIALIZED (
        SELECT * FROM mart.reviewed(area, of_period)
    ),
    lowest AS (SELECT max(layer_id) AS layer_id FROM core.layer),
    part AS (  -- the lines of the lowest layer are many: of these only the period before
        SELECT near.period_id, near.back, array_agg(shown.area_id) AS areas
        FROM near, shown, lowest
        WHERE near.back <= 1 OR shown.layer_id < lowest.layer_id
        GROUP BY near.period_id, near.back
    ),
    figure AS (
        SELECT c.area_id, part.back, s.code AS cell, c.sex::text AS sex, sum(c.beneficiaries) AS n
        FROM part
        CROSS JOIN LATERAL core.cells(part.period_id, part.areas) c
        JOIN core.scheme s USING (scheme_id)
        WHERE dataset = 'scheme_returns'
        GROUP BY c.area_id, part.back, s.code, c.sex
        UNION ALL
        SELECT t.area_id, part.back, split_part(entry.key, '/', 2), split_part(entry.key, '/', 1), entry.value::numeric
        FROM part
        CROSS JOIN LATERAL core.totals(part.period_id, 'flash_reports', part.areas) t
        CROSS JOIN LATERAL jsonb_each(t.totals) AS entry
        WHERE dataset = 'flash_reports' AND split_part(entry.key, '/', 1) IN ('own', 'compiled')
    )
    SELECT shown.area_code, figure.back, figure.cell, figure.sex, figure.n
    FROM figure
    JOIN shown USING (area_id)
$$;

-- The same cells as they stood when the area's committee last signed, added up anew from the returns known then.
CREATE FUNCTION mart.review_signed(area text, of_period text) RETURNS TABLE (
    area_code text, cell text, sex text, n numeric)
LANGUAGE sql STABLE AS $$
    WITH shown AS MATERIALIZED (
        SELECT * FROM mart.reviewed(area, of_period)
    ),
    signature AS MATERIALIZED (
        SELECT s.as_known_at
        FROM core.signed s
        JOIN shown USING (area_id, period_id)
        WHERE shown.place = 0 AND s.dataset = 'scheme_returns'
    )
    SELECT shown.area_code, s.code, c.sex::text, sum(c.beneficiaries)
    FROM signature
    CROSS JOIN (SELECT period_id, array_agg(area_id) AS areas FROM shown GROUP BY period_id) AS part
    CROSS JOIN LATERAL core.cells_as_known_at(part.period_id, part.areas, signature.as_known_at) c
    JOIN core.scheme s USING (scheme_id)
    JOIN shown ON shown.area_id = c.area_id
    GROUP BY shown.area_code, s.code, c.sex
$$;

-- Returns that were expected of the area and of all below it and do not stand.
CREATE FUNCTION mart.review_missing(area text, dataset text, of_period text) RETURNS TABLE (
    area_code text, names jsonb, area_level text, scheme text)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    top record;
BEGIN
    SELECT * INTO top FROM mart.reviewed(area, of_period) r WHERE r.place = 0;
    RETURN QUERY
    SELECT a.code, a.names, l.code, s.code
    FROM core.area a
    JOIN core.layer l ON l.layer_id = a.layer_id
    JOIN core.reporting r ON r.area_id = a.area_id AND r.period_id = top.period_id
    LEFT JOIN core.scheme s ON s.scheme_id = r.scheme_id AND s.scheme_id > 0
    WHERE a.tree_left BETWEEN top.tree_left AND top.tree_right AND r.dataset = review_missing.dataset AND r.received < r.expected
      AND coalesce(s.layer_id = a.layer_id,
                   EXISTS (SELECT FROM core.calendar c WHERE c.dataset = r.dataset AND c.layer_id = a.layer_id))
      AND NOT EXISTS (
          SELECT FROM core.return t
          WHERE t.period_id = r.period_id AND t.dataset = r.dataset AND t.scheme_id = r.scheme_id
            AND t.area_id = a.area_id AND t.known_to = 'infinity')
    ORDER BY a.code, s.code;
END $$;

-- What was doubtful in the returns that stand, rule by rule, with one example of each.
CREATE FUNCTION mart.review_warnings(area text, dataset text, of_period text) RETURNS TABLE (
    rule text, n bigint, areas bigint, message jsonb, area_code text, names jsonb, receipt text, row_number integer)
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
        SELECT p.submission_id, p.row_number, p.rule, p.message, u.receipt
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
    SELECT d.rule, count(*), count(DISTINCT line.area_id),
           (array_agg(d.message ORDER BY a.code, d.row_number))[1],
           coalesce((array_agg(a.code ORDER BY a.code, d.row_number))[1], top.area_code),
           coalesce((array_agg(a.names ORDER BY a.code, d.row_number))[1], top.names),
           (array_agg(d.receipt ORDER BY a.code, d.row_number))[1],
           (array_agg(d.row_number ORDER BY a.code, d.row_number))[1]
    FROM doubt d
    LEFT JOIN line ON line.submission_id = d.submission_id AND line.row_number = d.row_number
    LEFT JOIN core.area a ON a.area_id = line.area_id
    WHERE line.area_id IS NOT NULL OR NOT EXISTS (SELECT FROM suspect)
    GROUP BY d.rule
    ORDER BY count(*) DESC, d.rule;
END $$;

-- What waits for the committee of an area and below it is found by mart.compilation; this is its text to sign.
CREATE FUNCTION mart.review_fingerprint(area text, dataset text, of_period text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT core.fingerprint(top.period_id, dataset, top.area_id)
    FROM mart.reviewed(area, of_period) top
    WHERE top.place = 0
$$;
