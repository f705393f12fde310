-- The same cells as they stood when the area's committee last signed, added up anew from the returns known then.
CREATE FUNCTION mart.review_signed(area text, of_period text) RETURNS TABLE (
    area_code text, cell text, sex text, n numeric)
LANGUAGE sql STABLE AS $$
    WITH shown AS MATERIALIZED (
        SELECT * FROM mart.reviewed(area, of_period)
    ),
    signature AS MATERIALIZED (
        SELECT s.as_known_at
        FROM core.last_endorsement s
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
