-- What was written down in a meeting about a point of its agenda: who was heard, what they said, and what was decided.
-- Only ever appended.
CREATE TABLE core.consultation (
    consultation_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    area_id integer NOT NULL REFERENCES core.area,  -- whose meeting
    held_on date NOT NULL,
    point text NOT NULL CHECK (length(point) BETWEEN 1 AND 500),  -- in the words of the agenda
    heard text CHECK (length(heard) <= 4000),
    item_id integer REFERENCES core.item,  -- the decision, where one was made
    person_id integer,  -- empty for an open country
    person text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (heard IS NOT NULL OR item_id IS NOT NULL)
);
CREATE INDEX consultation_held ON core.consultation (area_id, held_on);
