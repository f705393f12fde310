-- What goes down the chain: notices, guidelines and scheme parameters, money, and who has acknowledged them.

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
