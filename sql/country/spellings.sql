-- The spellings by which an area is found: its code, with and without leading zeros, and each of its names from every word of it
-- on, folded.
DELETE FROM core.area_spelling;

INSERT INTO core.area_spelling (area_id, spelling)
SELECT DISTINCT a.area_id, core.folded(spelling.written)
FROM core.area a
CROSS JOIN LATERAL (
    VALUES (a.code), (ltrim(a.code, '0'))
    UNION ALL
    SELECT array_to_string(words[start:], ' ')
    FROM jsonb_each_text(a.names) AS name
    CROSS JOIN LATERAL regexp_split_to_array(btrim(name.value), '[\s-]+') AS words
    CROSS JOIN LATERAL generate_subscripts(words, 1) AS start
) AS spelling (written)
WHERE a.valid_to = 'infinity' AND core.folded(spelling.written) <> '';
