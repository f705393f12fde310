-- Releases: figures that are put before the board as a draft, approved by its quorum, and never change afterwards.

-- Each value has its words: release.state.<value> and release.act.<value> in the catalogues.
CREATE TYPE core.release_state AS ENUM ('draft', 'approved', 'released', 'superseded', 'withdrawn', 'discarded');
CREATE TYPE core.release_act AS ENUM (
    'drafted', 'answered', 'signed', 'approved', 'released', 'superseded', 'withdrawn', 'discarded');

ALTER TABLE core.committee ADD release_quorum text[] NOT NULL DEFAULT '{}';  -- roles that must all sign a release
ALTER TABLE core.committee ALTER release_quorum DROP DEFAULT;

CREATE TABLE core.release (
    release_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE CHECK (code ~ '^[0-9W-]+-r[0-9]+$'),  -- 2026-10-r1: its permanent name
    period_id integer NOT NULL REFERENCES core.period,
    state core.release_state NOT NULL DEFAULT 'draft',  -- the one thing that changes
    version text NOT NULL CHECK (version ~ '^[0-9]+\.[0-9]+\.[0-9]+$'),  -- major.minor.patch, over all periods
    as_known_at timestamptz NOT NULL,  -- the moment whose figures it holds
    former_id integer REFERENCES core.release,  -- the one released last before it, of any period: its version follows that
    restates_id integer REFERENCES core.release,  -- the one of this period that it takes the place of
    note text NOT NULL,
    quorum text[] NOT NULL,  -- as the country folder had it when it was drafted
    content_hash text NOT NULL CHECK (content_hash ~ '^[0-9a-f]{64}$'),  -- SHA-256 of its manifest, which names each file's
    drafted_at timestamptz NOT NULL DEFAULT transaction_timestamp(),
    concealed boolean NOT NULL DEFAULT false  -- withdrawn because its figures could tell of persons: shown no more
);
CREATE UNIQUE INDEX release_open ON core.release (period_id) WHERE state IN ('draft', 'approved');
CREATE UNIQUE INDEX release_standing ON core.release (period_id) WHERE state = 'released';

-- What was done to a release, in order; only ever appended.
CREATE TABLE core.release_decision (
    decision_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    release_id integer NOT NULL REFERENCES core.release,
    act core.release_act NOT NULL,
    about text NOT NULL DEFAULT '',  -- which point of the checklist was answered
    person_id integer,
    person text NOT NULL,
    office text NOT NULL DEFAULT '',
    decided_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    reason text
);
CREATE INDEX release_decision_release ON core.release_decision (release_id);

-- What must be clear, or answered with a reason, before anybody signs.
CREATE TABLE core.release_check (
    release_id integer NOT NULL REFERENCES core.release,
    name text NOT NULL,
    clear boolean NOT NULL,
    detail jsonb NOT NULL,  -- numbers and codes that fill the blanks of its words
    PRIMARY KEY (release_id, name)
);

-- Figures as they are published: what disclosure control held back is nowhere in here. Codes are text, because a release
-- means what it meant when it was made, whatever becomes of areas and schemes.
CREATE TABLE core.released_cell (
    release_id integer NOT NULL REFERENCES core.release,
    public_table text NOT NULL,
    key text NOT NULL,  -- its dimensions' codes with colons between: KH:F:older
    area_code text NOT NULL,
    sex text NOT NULL,
    age_group text NOT NULL,
    scheme text NOT NULL,
    guarantee text NOT NULL,
    indicator text NOT NULL,
    count bigint,  -- persons; NULL where it is held back or not known
    denominator bigint,
    lower_bound double precision,  -- where a count is not known: fractions, rounded outwards
    upper_bound double precision,
    completeness double precision,
    status "char" NOT NULL CHECK (status IN ('A', 'Q', 'R', 'L', 'U')),  -- shown, suppressed, rounded, not known, bounds only
    PRIMARY KEY (release_id, public_table, key)
);
CREATE INDEX released_cell_area ON core.released_cell (area_code, release_id);

-- The files of a release, byte by byte: what it says stays readable, whatever later versions of Sala would write.
CREATE TABLE core.release_file (
    release_id integer NOT NULL REFERENCES core.release,
    name text NOT NULL,
    media_type text NOT NULL,
    content bytea NOT NULL,
    sha256 text NOT NULL CHECK (sha256 = encode(sha256(content), 'hex')),
    PRIMARY KEY (release_id, name)
);

UPDATE core.country SET digest = '';  -- so that the next start reads from the folder who signs releases
