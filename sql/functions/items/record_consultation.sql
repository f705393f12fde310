-- Writes down a point of a meeting of an area: who was heard, and the decision as an item of the area that is to carry it out.
-- The one way to it; who may is asked here. `decided` is NULL where nothing was decided. Returns the item's number.
CREATE FUNCTION core.record_consultation(
    of_code text, on_day date, of_point text, who_was_heard text, decided text, holder text, by_day date, by_name text
) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    own core.area;
    held_by core.area;
    who record;
    made integer;
BEGIN
    SELECT a.* INTO own FROM core.area a WHERE a.code = of_code AND a.valid_to = 'infinity';
    IF NOT core.may('decide', own.area_id) THEN
        RAISE EXCEPTION 'decide %', of_code USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO who FROM core.actor(by_name);
    IF decided IS NOT NULL THEN
        SELECT a.* INTO held_by FROM core.area a
        WHERE a.code = holder AND a.valid_to = 'infinity' AND a.tree_left BETWEEN own.tree_left AND own.tree_right;
        IF held_by.area_id IS NULL THEN
            RAISE EXCEPTION 'no area % in %', holder, of_code USING ERRCODE = 'no_data_found';
        END IF;
        INSERT INTO core.item (kind, text, origin_id, raised_at, holder_id, top_layer_id, due, moved_at)
        VALUES ('decision', decided, held_by.area_id, clock_timestamp(), held_by.area_id, held_by.layer_id, by_day,
                clock_timestamp())
        RETURNING item_id INTO made;
        INSERT INTO core.item_step (item_id, at, action, from_id, to_id, person_id, person, reason)
        VALUES (made, clock_timestamp(), 'raised', own.area_id, held_by.area_id, who.person_id, who.person, of_point);
    END IF;
    INSERT INTO core.consultation (area_id, held_on, point, heard, item_id, person_id, person)
    VALUES (own.area_id, on_day, of_point, who_was_heard, made, who.person_id, who.person);
    PERFORM ledger.log_action('record consultation', coalesce('item ' || made, 'meeting ' || on_day), of_code,
                              jsonb_build_object('point', of_point, 'holder', holder, 'due', by_day));
    RETURN made;
END $$;
