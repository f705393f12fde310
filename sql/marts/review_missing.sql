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
            AND t.administrator_id = 0 AND t.area_id = a.area_id AND t.known_to = 'infinity')
    ORDER BY a.code, s.code;
END $$;
