-- After a publication: reopens endorsed compilations whose figures have changed since they were signed, and marks returned
-- ones as corrected. Looks at the areas of temp table `claimed` (compile/claim.sql); where nobody has signed or returned
-- anything it costs one look into an index. Returns how many compilations changed their state.
CREATE FUNCTION core.update_reviews(of_period integer) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    moves record;
    changed integer := 0;
    corrections integer;
BEGIN
    IF NOT EXISTS (SELECT FROM core.compilation c WHERE c.period_id = of_period AND c.state IN ('endorsed', 'returned')) THEN
        RETURN 0;
    END IF;
    CREATE TEMP TABLE standing ON COMMIT DROP AS
    SELECT c.dataset, c.area_id, c.state, c.as_known_at
    FROM core.compilation c
    JOIN claimed USING (area_id)
    WHERE c.period_id = of_period AND c.state IN ('endorsed', 'returned');
    -- returns that came or went since the earliest of these moments, seen from every area above them
    CREATE TEMP TABLE candidate ON COMMIT DROP AS
    WITH RECURSIVE late AS MATERIALIZED (
        SELECT DISTINCT r.dataset, r.scheme_id, r.administrator_id, r.area_id
        FROM claimed
        JOIN core.return r USING (area_id)
        WHERE r.period_id = of_period
          AND r.dataset IN (SELECT dataset FROM standing)
          AND (r.known_from > (SELECT min(as_known_at) FROM standing)
               OR r.known_to < 'infinity' AND r.known_to > (SELECT min(as_known_at) FROM standing))
    ),
    upwards AS (
        SELECT DISTINCT l.area_id, l.area_id AS above_id FROM late l
        UNION ALL
        SELECT u.area_id, a.parent_id FROM upwards u JOIN core.area a ON a.area_id = u.above_id
        WHERE a.parent_id IS NOT NULL
    )
    SELECT s.dataset, s.area_id, l.area_id AS from_id, earlier.return_id AS earlier_id, present.return_id AS present_id,
           earlier.partial IS DISTINCT FROM present.partial AS differs,
           coalesce(present.submission_id, earlier.submission_id) AS submission_id,  -- the one that came, or was withdrawn
           CASE WHEN present.return_id IS NULL THEN 'withdrawal' ELSE 'file' END AS cause
    FROM late l
    JOIN upwards u USING (area_id)
    JOIN standing s ON s.dataset = l.dataset AND s.area_id = u.above_id
    LEFT JOIN core.return earlier
        ON earlier.area_id = l.area_id AND earlier.period_id = of_period AND earlier.dataset = l.dataset
        AND earlier.scheme_id = l.scheme_id AND earlier.administrator_id = l.administrator_id
        AND earlier.known_from <= s.as_known_at AND earlier.known_to > s.as_known_at
    LEFT JOIN core.return present
        ON present.area_id = l.area_id AND present.period_id = of_period AND present.dataset = l.dataset
        AND present.scheme_id = l.scheme_id AND present.administrator_id = l.administrator_id
        AND present.known_to = 'infinity'
    WHERE earlier.return_id IS DISTINCT FROM present.return_id;
    -- a file that says the same as the one before it moves nothing
    CREATE TEMP TABLE content ON COMMIT DROP AS
    WITH wanted AS MATERIALIZED (
        SELECT earlier_id AS return_id FROM candidate WHERE NOT differs
        UNION
        SELECT present_id FROM candidate WHERE NOT differs
    ),
    line AS (
        SELECT return_id, to_jsonb(l) AS figures
        FROM core.scheme_line l
        JOIN wanted USING (return_id)
        WHERE l.period_id = of_period
        UNION ALL
        SELECT return_id, to_jsonb(l)
        FROM core.group_line l
        JOIN wanted USING (return_id)
        WHERE l.period_id = of_period
        UNION ALL
        SELECT return_id, to_jsonb(l)
        FROM core.flash_line l
        JOIN wanted USING (return_id)
    )
    SELECT return_id, sum(hashtextextended((figures - 'return_id' - 'row_number')::text, 0)::numeric) AS lines
    FROM line
    GROUP BY return_id;
    CREATE TEMP TABLE shifted ON COMMIT DROP AS
    SELECT c.dataset, c.area_id, s.state, min(c.from_id) AS from_id,
           array_to_string((array_agg(DISTINCT f.receipt) FILTER (WHERE f.receipt IS NOT NULL))[1:5], ' ') AS files,
           string_agg(DISTINCT c.cause, ' ') AS causes
    FROM candidate c
    JOIN standing s USING (dataset, area_id)
    LEFT JOIN content e ON e.return_id = c.earlier_id
    LEFT JOIN content p ON p.return_id = c.present_id
    LEFT JOIN ledger.submission f USING (submission_id)
    WHERE c.differs OR c.earlier_id IS NULL OR c.present_id IS NULL OR e.lines IS DISTINCT FROM p.lines
    GROUP BY c.dataset, c.area_id, s.state;
    -- a population moves indicators without any return of a scheme; where none came or went, a definition has
    INSERT INTO shifted
    WITH RECURSIVE moved AS MATERIALIZED (
        SELECT s.dataset, s.area_id, s.state, s.as_known_at
        FROM standing s
        WHERE s.dataset = 'scheme_returns' AND s.state = 'endorsed'
          AND NOT EXISTS (SELECT FROM shifted d WHERE (d.dataset, d.area_id) = (s.dataset, s.area_id))
          AND (EXISTS (SELECT FROM core.indicator_value v
                       WHERE v.period_id = of_period AND v.area_id = s.area_id AND v.known_from > s.as_known_at)
               OR EXISTS (SELECT FROM core.indicator_past v
                          WHERE v.period_id = of_period AND v.area_id = s.area_id AND v.known_to > s.as_known_at))
    ),
    people AS (
        SELECT r.area_id AS from_id, r.area_id, f.receipt,
               CASE WHEN r.known_to < 'infinity' THEN r.known_to ELSE r.known_from END AS moved_at
        FROM core.return r
        JOIN ledger.submission f USING (submission_id)
        WHERE r.dataset = 'population' AND EXISTS (SELECT FROM moved)
          AND r.period_id = ANY (ARRAY(SELECT y.period_id FROM core.period y WHERE y.kind = 'Y' AND y.period_id <= of_period))
        UNION ALL
        SELECT p.from_id, a.parent_id, p.receipt, p.moved_at
        FROM people p
        JOIN core.area a USING (area_id)
        WHERE a.parent_id IS NOT NULL
    )
    SELECT m.dataset, m.area_id, m.state, coalesce(min(p.from_id), m.area_id),
           array_to_string((array_agg(DISTINCT p.receipt) FILTER (WHERE p.receipt IS NOT NULL))[1:5], ' '),
           CASE WHEN min(p.from_id) IS NULL THEN 'definition' ELSE 'population' END
    FROM moved m
    LEFT JOIN people p ON p.area_id = m.area_id AND p.moved_at > m.as_known_at
    GROUP BY m.dataset, m.area_id, m.state;
    FOR moves IN
        SELECT dataset, array_agg(area_id ORDER BY area_id) AS areas, array_agg(from_id ORDER BY area_id) AS origins,
               array_agg(files ORDER BY area_id) AS files, array_agg(causes ORDER BY area_id) AS causes
        FROM shifted WHERE state = 'endorsed' GROUP BY dataset
    LOOP
        changed := changed + core.reopen(of_period, moves.dataset, moves.areas, moves.origins, moves.files, moves.causes,
                                         true, NULL, NULL, 'Sala');
    END LOOP;
    WITH corrected AS (
        UPDATE core.compilation c SET state = 'compiled', since = clock_timestamp()
        FROM shifted d
        WHERE c.period_id = of_period AND (c.dataset, c.area_id) = (d.dataset, d.area_id) AND d.state = 'returned'
        RETURNING c.dataset, c.area_id, d.from_id, d.files, d.causes
    ),
    logged AS (
        INSERT INTO core.review (period_id, dataset, area_id, act, state, acted_by, as_known_at, cause_id, receipts,
                                 causes)
        SELECT of_period, dataset, area_id, 'corrected', 'compiled', 'Sala', clock_timestamp(), from_id,
               string_to_array(files, ' '), string_to_array(causes, ' ')
        FROM corrected
        RETURNING dataset, area_id
    )
    SELECT count(core.log_review(of_period, dataset, ARRAY[area_id], 'corrected', 'Sala', '{}')) INTO corrections FROM logged;
    changed := changed + corrections;
    DROP TABLE standing, candidate, content, shifted;
    RETURN changed;
END $$;
