-- Whether the session may file a return of a dataset, area, scheme and administrator (0: none).
CREATE FUNCTION core.may_file(dataset text, area_id integer, scheme_id smallint, administrator_id smallint) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT NOT EXISTS (SELECT FROM core.refused(dataset, ARRAY[area_id], ARRAY[scheme_id], ARRAY[administrator_id]))
$$;
