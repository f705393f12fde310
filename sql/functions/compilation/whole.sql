-- A stored count in whole persons or units of the currency; NULL for a gap, whose counts are only steps of its division.
CREATE FUNCTION core.whole(counted bigint, nature text, parts smallint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN nature = 'gap' THEN NULL WHEN parts = 1 THEN counted ELSE round(counted::numeric / parts)::bigint END
$$;
