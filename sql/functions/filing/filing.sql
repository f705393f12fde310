-- What this session files: the one rule for acts on returns. A return may be filed where its area lies in the session's
-- scope, and its dataset, scheme and administrator are in this list, with `own` where it is of the session's own area.
-- Grain: dataset, own area or below it, scheme (0: about none), administrator's flash report (0: none's).
CREATE FUNCTION core.filing(
    OUT dataset text, OUT own boolean, OUT scheme_id smallint, OUT administrator_id smallint
) RETURNS SETOF record
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER COST 1 ROWS 100 AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT f.dataset, reach.own, subject.scheme_id, subject.administrator_id
        FROM core.current_grants() m
        JOIN core.filing_right f ON f.role = coalesce(m.role, '') AND f.actions && m.actions
        CROSS JOIN LATERAL (VALUES (true, f.own), (false, f.below)) AS reach (own, granted)
        CROSS JOIN LATERAL (
            SELECT s.scheme_id, 0::smallint AS administrator_id
            FROM core.scheme s
            WHERE f.about = 'scheme' AND s.scheme_id > 0
              AND (m.administrator IS NULL OR s.administrator_code = m.administrator)
            UNION ALL
            SELECT 0::smallint, a.administrator_id
            FROM core.administrator a
            WHERE f.about = 'administrator' AND CASE WHEN m.administrator IS NULL THEN f.administrators ELSE a.code = m.administrator END
            UNION ALL
            SELECT 0::smallint, 0::smallint
            WHERE f.about IS DISTINCT FROM 'scheme' AND m.administrator IS NULL
        ) AS subject
        WHERE reach.granted;
END $$;
