-- Trigger: an item is held by the area that raised it or by one above it.
CREATE FUNCTION core.check_item_holder() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM core.area origin, core.area holder
        WHERE origin.area_id = new.origin_id AND holder.area_id = new.holder_id
          AND origin.tree_left BETWEEN holder.tree_left AND holder.tree_right
    ) THEN
        RAISE EXCEPTION 'item % can be held by the area that raised it or by one above it', new.item_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN new;
END $$;

CREATE TRIGGER held_on_its_path BEFORE INSERT OR UPDATE OF holder_id ON core.item
    FOR EACH ROW EXECUTE FUNCTION core.check_item_holder();
