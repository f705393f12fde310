-- The area of a layer in which an area lies; itself where it is of that layer or above.
CREATE FUNCTION core.area_at(of_area integer, of_layer smallint) RETURNS integer
LANGUAGE plpgsql STABLE AS $$
DECLARE
    here core.area;
BEGIN
    SELECT * INTO here FROM core.area a WHERE a.area_id = of_area;
    WHILE here.layer_id > of_layer LOOP
        SELECT * INTO here FROM core.area a WHERE a.area_id = here.parent_id;
    END LOOP;
    RETURN here.area_id;
END $$;
