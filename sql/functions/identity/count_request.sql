-- Counts a request under a key; the window of so many seconds begins with the first one. Returns how many are in it now.
CREATE FUNCTION ledger.count_request(of_key bytea, seconds integer, OUT count integer, OUT ends_at timestamptz)
LANGUAGE sql SECURITY DEFINER AS $$
    INSERT INTO ledger.request_count AS c (key, count, ends_at)
    VALUES (of_key, 1, clock_timestamp() + seconds * interval '1 s')
    ON CONFLICT (key) DO UPDATE
    SET count = CASE WHEN c.ends_at < clock_timestamp() THEN 1 ELSE c.count + 1 END,
        ends_at = CASE WHEN c.ends_at < clock_timestamp() THEN excluded.ends_at ELSE c.ends_at END
    RETURNING c.count, c.ends_at
$$;
