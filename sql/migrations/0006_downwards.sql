-- Notices, allocations and their acknowledgement, reminders, what the reporting discipline counts beside the rest.

-- ── What goes down the chain ────────────────────────────────────────────────────────────────────────────────

-- One version of a notice, a guideline or the parameters of a scheme. A newer version is a row of its own, under the
-- same number; nothing that was published changes afterwards.
CREATE TABLE core.notice (
    notice_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number integer NOT NULL,
    version smallint NOT NULL CHECK (version > 0),
    kind text NOT NULL CHECK (kind IN ('notice', 'guideline', 'parameters')),
    publisher_id integer NOT NULL REFERENCES core.area,
    area_id integer NOT NULL REFERENCES core.area,  -- addressed to this area and all below it
    scheme_id smallint NOT NULL DEFAULT 0 REFERENCES core.scheme,
    titles jsonb NOT NULL,  -- by language; of scheme parameters the texts say who is eligible
    texts jsonb NOT NULL,
    benefit numeric(18, 2),
    benefit_per text CHECK (benefit_per IN ('month', 'year', 'once')),
    valid_from date NOT NULL,
    everybody boolean NOT NULL,  -- whether somebody who is not signed in reads it too
    published_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    person_id integer,
    person text NOT NULL,
    UNIQUE (number, version),
    CHECK ((benefit IS NULL) = (benefit_per IS NULL)),
    CHECK (kind = 'parameters' OR benefit IS NULL),
    CHECK (kind <> 'parameters' OR scheme_id > 0)
);
CREATE INDEX notice_area ON core.notice (area_id);
CREATE SEQUENCE core.notice_number AS integer OWNED BY core.notice.number;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON core.notice
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse();

-- Every version is acknowledged anew, once for each area.
CREATE TABLE core.acknowledgement (
    notice_id integer NOT NULL REFERENCES core.notice,
    area_id integer NOT NULL REFERENCES core.area,
    acknowledged_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    person_id integer,
    person text NOT NULL,
    PRIMARY KEY (notice_id, area_id)
);
CREATE INDEX acknowledgement_area ON core.acknowledgement (area_id);

-- An allocation that is changed is a return of its own, and is acknowledged anew.
CREATE TABLE core.allocation_acknowledgement (
    return_id integer PRIMARY KEY REFERENCES core.return,
    area_id integer NOT NULL REFERENCES core.area,
    acknowledged_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    person_id integer,
    person text NOT NULL
);

-- ── Reporting discipline ────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE core.reporting
    ADD COLUMN in_grace integer NOT NULL DEFAULT 0,  -- after the due day, within the days of grace
    ADD COLUMN empty integer NOT NULL DEFAULT 0;  -- came, and stands no more: withdrawn, and nothing in its place

-- Of a month in which nothing was corrected it holds nothing.
CREATE INDEX return_corrected ON core.return (period_id, area_id) WHERE known_to < 'infinity';
CREATE INDEX return_dataset_area ON core.return (area_id, period_id) WHERE dataset = 'allocations';

-- ── Reminders ───────────────────────────────────────────────────────────────────────────────────────────────

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
