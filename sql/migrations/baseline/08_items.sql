-- Items that travel: risks, decisions and questions, from the day they are raised until they are settled.

-- Always held by exactly one area: the one that raised it, or one above that (functions/items/check_item_holder.sql).
CREATE TABLE core.item (
    item_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('risk', 'decision', 'question')),
    text text NOT NULL,
    text_digest text NOT NULL GENERATED ALWAYS AS (md5(lower(btrim(text)))) STORED,  -- recognises it next week
    origin_id integer NOT NULL REFERENCES core.area,
    administrator_id smallint NOT NULL DEFAULT 0,
    flash_item_id integer UNIQUE,  -- the line of a sheet that raised it; NULL where it was asked outside one
    raised_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'answered', 'settled')),
    holder_id integer NOT NULL REFERENCES core.area,
    top_layer_id smallint NOT NULL REFERENCES core.layer,  -- the highest layer it has come to
    part_of integer REFERENCES core.item CHECK (part_of <> item_id),  -- the item it was grouped into
    due date NOT NULL,
    moved_at timestamptz NOT NULL
);
CREATE INDEX item_origin ON core.item (origin_id);
CREATE INDEX item_held ON core.item (holder_id) WHERE state <> 'settled';
CREATE INDEX item_text ON core.item (origin_id, kind, text_digest) WHERE state <> 'settled';
CREATE INDEX item_part ON core.item (part_of) WHERE part_of IS NOT NULL;

-- Every step of an item, only ever appended.
CREATE TABLE core.item_step (
    item_step_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    item_id integer NOT NULL REFERENCES core.item,
    at timestamptz NOT NULL,
    action text NOT NULL CHECK (action IN ('raised', 'escalated', 'joined', 'handed_down', 'answered', 'settled',
                                           'withdrawn')),
    from_id integer REFERENCES core.area,
    to_id integer NOT NULL REFERENCES core.area,  -- who holds it after the step
    person_id integer,  -- empty for Sala itself and for an open country
    person text NOT NULL,
    reason text
);
CREATE INDEX item_step_item ON core.item_step (item_id, item_step_id);

-- On which sheets an item stands: the same words of the same area in a later week are the same item.
CREATE TABLE core.item_mention (
    area_id integer NOT NULL,
    administrator_id smallint NOT NULL,
    period_id integer NOT NULL,
    kind text NOT NULL,
    text_digest text NOT NULL,
    item_id integer NOT NULL REFERENCES core.item,
    PRIMARY KEY (area_id, period_id, administrator_id, kind, text_digest)
);
CREATE INDEX item_mention_item ON core.item_mention (item_id);
