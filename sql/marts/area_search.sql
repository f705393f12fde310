-- A range of the index, as LIKE would be one only for words that are known when it is planned.
CREATE FUNCTION mart.area_search(words text) RETURNS TABLE (
    place bigint, area_code text, area_level text, names jsonb, above_names jsonb)
LANGUAGE sql STABLE AS $$
    WITH asked AS (
        SELECT core.folded(words) AS spelling
    ),
    found AS (
        SELECT s.area_id, bool_or(s.spelling = asked.spelling) AS whole
        FROM asked
        JOIN core.area_spelling s ON s.spelling ~>=~ asked.spelling AND s.spelling ~<~ (asked.spelling || chr(1114109))
        WHERE asked.spelling <> ''
        GROUP BY s.area_id
    )
    SELECT row_number() OVER (ORDER BY found.whole DESC, a.layer_id, a.code), a.code, l.code, a.names, above.names
    FROM found
    JOIN core.area a USING (area_id)
    JOIN core.layer l ON l.layer_id = a.layer_id
    LEFT JOIN core.area above ON above.area_id = a.parent_id
    WHERE a.valid_to = 'infinity'
      AND EXISTS (SELECT FROM core.current_grants() m JOIN core.area own ON own.area_id = m.area_id
                  WHERE a.tree_left BETWEEN own.tree_left AND own.tree_right)
$$;
