-- What committees do to compilations: their states, endorsements, signatures, comments.

-- How each layer signs. A layer without a row has no committee. An empty quorum is one signature of whoever may sign: a
-- country without roles.
CREATE TABLE core.committee (
    layer_id smallint PRIMARY KEY REFERENCES core.layer ON DELETE CASCADE,
    quorum text[] NOT NULL,  -- roles that must all sign, each by another person
    requires_children boolean NOT NULL
);

-- Where a compilation is on its way, and what was done to it. Each value has its words: review.state.<value> and
-- review.act.<value> in the catalogues.
CREATE TYPE core.review_state AS ENUM ('open', 'compiled', 'endorsed', 'returned', 'reopened');
CREATE TYPE core.review_act AS ENUM ('signed', 'endorsed', 'returned', 'reopened', 'corrected');

-- One for each area, dataset and period. One that nobody has acted on has no row.
CREATE TABLE core.compilation (
    period_id integer NOT NULL REFERENCES core.period,
    dataset text NOT NULL,
    area_id integer NOT NULL REFERENCES core.area,
    state core.review_state NOT NULL CHECK (state <> 'open'),
    since timestamptz NOT NULL,
    as_known_at timestamptz NOT NULL,  -- the moment whose figures the state is about
    PRIMARY KEY (period_id, dataset, area_id)
);
CREATE INDEX compilation_area ON core.compilation (area_id);
CREATE INDEX compilation_standing ON core.compilation (period_id) WHERE state IN ('endorsed', 'returned');

-- What was signed: a moment into append-only returns. The totals beside it say what moved, without adding them again.
CREATE TABLE core.endorsement (
    endorsement_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    period_id integer NOT NULL,
    dataset text NOT NULL,
    area_id integer NOT NULL REFERENCES core.area,
    as_known_at timestamptz NOT NULL,
    ended_at timestamptz NOT NULL DEFAULT 'infinity',  -- reopened or returned; the signed version stays readable
    fingerprint text NOT NULL,  -- of everything the page showed, core.fingerprint
    totals jsonb NOT NULL,  -- core.totals: "scheme/sex/measure" or "own/axis" → number
    FOREIGN KEY (period_id, dataset, area_id) REFERENCES core.compilation
);
CREATE INDEX endorsement_area ON core.endorsement (area_id, period_id, dataset);
CREATE UNIQUE INDEX endorsement_standing ON core.endorsement (period_id, dataset, area_id) WHERE ended_at = 'infinity';

CREATE TABLE core.signature (
    signature_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    period_id integer NOT NULL,
    dataset text NOT NULL,
    area_id integer NOT NULL REFERENCES core.area,
    office text NOT NULL,  -- the role in which somebody signed; empty in a country without roles
    person_id integer,
    person text NOT NULL,
    signed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    fingerprint text NOT NULL,  -- of what this person saw: a quorum has seen the same
    ended_at timestamptz NOT NULL DEFAULT 'infinity',  -- when it no longer counts
    endorsement_id integer REFERENCES core.endorsement
);
CREATE INDEX signature_area ON core.signature (area_id, period_id, dataset);

-- The timeline: one row each time somebody acts or figures move, only ever appended; the last one is the state.
CREATE TABLE core.review (
    review_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    area_id integer NOT NULL REFERENCES core.area,
    dataset text NOT NULL,
    period_id integer NOT NULL REFERENCES core.period,
    state core.review_state NOT NULL,
    acted_by text NOT NULL,
    acted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    as_known_at timestamptz NOT NULL,  -- the figures that were signed: a moment, not a copy
    reason text,
    act core.review_act NOT NULL,
    person_id integer,
    office text NOT NULL DEFAULT '',
    moved jsonb,  -- [{what, before, after}], as in core.endorsement.totals
    cause_id integer REFERENCES core.area,  -- the area that returned it, or whose figures moved
    receipts text[]  -- of the files that moved the figures, a few of them
);
CREATE INDEX review_latest ON core.review (area_id, dataset, period_id, acted_at DESC);
CREATE INDEX review_period ON core.review (period_id, dataset);

-- Comments on one cell of a review page, only ever appended. area_id is the committee's area, child_id the row it is about.
CREATE TABLE core.comment (
    comment_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    period_id integer NOT NULL REFERENCES core.period,
    dataset text NOT NULL,
    area_id integer NOT NULL REFERENCES core.area,
    child_id integer NOT NULL REFERENCES core.area,
    cell text NOT NULL,  -- "scheme/sex/measure" or "own/axis"; empty: the whole row
    answers integer REFERENCES core.comment,
    person_id integer,
    written_by text NOT NULL,
    written_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    text text NOT NULL CHECK (text ~ '\S' AND length(text) <= 2000)
);
CREATE INDEX comment_area ON core.comment (area_id, period_id, dataset);
CREATE INDEX comment_child ON core.comment (child_id, period_id, dataset);
