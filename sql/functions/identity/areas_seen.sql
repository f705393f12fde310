-- Areas whose provisional figures the session sees. Policies ask core.my_areas, which is this list.
CREATE FUNCTION core.areas_seen() RETURNS SETOF integer
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER COST 1 ROWS 10 AS $$
BEGIN
    IF core.sees('provisional') THEN
        RETURN QUERY SELECT s.area_id FROM core.scope() s;
    END IF;
END $$;
