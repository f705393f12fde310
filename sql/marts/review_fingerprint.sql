-- What waits for the committee of an area and below it is found by mart.compilation; this is its text to sign.
CREATE FUNCTION mart.review_fingerprint(area text, dataset text, of_period text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT core.fingerprint(top.period_id, dataset, top.area_id)
    FROM mart.reviewed(area, of_period) top
    WHERE top.place = 0
$$;
