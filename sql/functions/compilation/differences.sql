-- What differs between two objects of core.totals: [{what, before, after}], by name.
CREATE FUNCTION core.differences(earlier jsonb, later jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('what', key, 'before', b.value, 'after', a.value) ORDER BY key), '[]')
    FROM jsonb_each(earlier) AS b
    FULL JOIN jsonb_each(later) AS a USING (key)
    WHERE b.value IS DISTINCT FROM a.value
$$;
