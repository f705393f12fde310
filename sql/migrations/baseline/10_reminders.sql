-- Reminders of returns that are due or missing.

-- One for each duty, stage and person. `area_id` is the area whose returns are meant, with all below it.
CREATE TABLE core.reminder (
    reminder_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id integer NOT NULL REFERENCES ledger.person,
    stage text NOT NULL CHECK (stage IN ('before', 'after', 'escalated')),
    dataset text NOT NULL,
    scheme_id smallint NOT NULL,
    period text NOT NULL,
    area_id integer NOT NULL REFERENCES core.area,
    due_on date NOT NULL,
    owing integer NOT NULL CHECK (owing > 0),  -- returns that had not come when it was made
    made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    read_at timestamptz,
    mail text NOT NULL DEFAULT 'waiting' CHECK (mail IN ('waiting', 'sent', 'failed', 'none')),
    attempts smallint NOT NULL DEFAULT 0,
    tried_at timestamptz,
    fault text,  -- why the last attempt failed
    UNIQUE (person_id, stage, dataset, scheme_id, period, area_id)
);
CREATE INDEX reminder_waiting ON core.reminder (person_id) WHERE mail IN ('waiting', 'failed');
CREATE INDEX reminder_unread ON core.reminder (person_id) WHERE read_at IS NULL;
