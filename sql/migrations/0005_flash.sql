-- Flash sheets, items that travel, grievances.

-- Scheme administrators file the same sheet as the areas. On a flash sheet core.return.scheme_id is the number of
-- the administrator whose sheet it is, and 0 on an area's own. No scheme has such a number.
CREATE TABLE core.administrator (
    administrator_id smallint PRIMARY KEY CHECK (administrator_id BETWEEN 3001 AND 4095),
    code text NOT NULL UNIQUE,
    names jsonb NOT NULL
);

CREATE OR REPLACE VIEW core.my_schemes AS
SELECT s.scheme_id
FROM core.current_grants() m
JOIN core.scheme s ON m.administrator IS NULL OR s.scheme_id = 0 OR s.administrator_code = m.administrator
UNION ALL
SELECT a.administrator_id
FROM core.current_grants() m
JOIN core.administrator a ON m.administrator IS NULL OR a.code = m.administrator;

ALTER TABLE core.flash_item
    ADD COLUMN origin text NOT NULL DEFAULT 'own' CHECK (origin IN ('own', 'compiled')),
    ADD COLUMN sources integer[],  -- the items below that it was put together from
    ADD COLUMN stays_because text;  -- why it is not sent on; NULL where it is

-- A sheet that somebody is writing: it survives the closing of the browser and is nobody else's business.
CREATE TABLE core.flash_draft (
    area_id integer NOT NULL REFERENCES core.area,
    week text NOT NULL,
    administrator_id smallint NOT NULL DEFAULT 0,
    person_id integer NOT NULL DEFAULT 0,  -- 0 for whoever reaches a country that has no accounts
    content jsonb NOT NULL,
    saved_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (area_id, week, administrator_id, person_id)
);

-- ── Items travel ────────────────────────────────────────────────────────────────────────────────────────────

-- A risk, a decision or a question from the day it is raised until it is settled. It is always held by exactly one
-- area: the one that raised it, or one above that.
CREATE TABLE core.item (
    item_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('risk', 'decision', 'question')),
    text text NOT NULL,
    said text NOT NULL GENERATED ALWAYS AS (md5(lower(btrim(text)))) STORED,  -- knows it again next week
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
CREATE INDEX item_said ON core.item (origin_id, kind, said) WHERE state <> 'settled';
CREATE INDEX item_part ON core.item (part_of) WHERE part_of IS NOT NULL;

CREATE FUNCTION core.item_is_held_on_its_path() RETURNS trigger LANGUAGE plpgsql AS $$
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
    FOR EACH ROW EXECUTE FUNCTION core.item_is_held_on_its_path();

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

-- In which sheets an item stands: the same words of the same area in a later week are the same item.
CREATE TABLE core.item_mention (
    area_id integer NOT NULL,
    administrator_id smallint NOT NULL,
    period_id integer NOT NULL,
    kind text NOT NULL,
    said text NOT NULL,
    item_id integer NOT NULL REFERENCES core.item,
    PRIMARY KEY (area_id, period_id, administrator_id, kind, said)
);
CREATE INDEX item_mention_item ON core.item_mention (item_id);

-- ── Grievances ──────────────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE core.grievance_line ADD COLUMN channel text;  -- NULL where channels are not told apart

-- What each area and those below it count together. Medians cannot be added: their range is kept, and how many
-- wait where the median is above what the country calls slow.
CREATE TABLE core.grievance_compiled (
    period_id integer NOT NULL,
    area_id integer NOT NULL,
    at_layer_id smallint NOT NULL,  -- the layer of the areas that counted
    category text NOT NULL,
    sex "char" NOT NULL,
    channel text,
    received bigint NOT NULL,
    resolved bigint NOT NULL,
    escalated bigint NOT NULL,
    pending bigint NOT NULL,
    pending_slow bigint NOT NULL,
    median_low double precision,  -- NULL where nothing was resolved
    median_high double precision
);
CREATE INDEX grievance_compiled_area ON core.grievance_compiled (area_id, period_id);
