-- A name or a code as a search compares it: without case, accents, blanks, hyphens, and marks that nobody sees.
CREATE FUNCTION core.folded(spelling text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT lower(regexp_replace(normalize(spelling, NFKD), '[\s\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff''’.,()_/-]+', '', 'g'))
$$;
