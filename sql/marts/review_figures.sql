-- Totals by cell and sex of the area and those right below, for the period (back = 0) and the one before it of its kind.
CREATE FUNCTION mart.review_figures(area text, dataset text, of_period text) RETURNS TABLE (
    area_code text, back integer, cell text, sex text, n numeric)
LANGUAGE sql STABLE AS $$
    WITH near AS MATERIALIZED (
        SELECT p.period_id, (row_number() OVER (ORDER BY p.ends_on DESC) - 1)::integer AS back
        FROM core.period p
        JOIN core.period this ON this.key = of_period AND this.kind = p.kind AND p.ends_on <= this.ends_on
        ORDER BY p.ends_on DESC
        LIMIT 2
    ),
    shown AS MATERIALIZED (
        SELECT * FROM mart.reviewed(area, of_period)
    ),
    part AS (
        SELECT near.period_id, near.back, array_agg(shown.area_id) AS areas
        FROM near, shown
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
