-- Compilations, endorsements, comments, audit.

-- ── The audit log: append-only, each entry sealed with the one before it ────────────────────────────────────

CREATE TABLE ledger.audit (
    audit_id bigint PRIMARY KEY,  -- 1, 2, 3 … without a gap: a missing number is a missing entry
    at timestamptz NOT NULL,
    person_id integer,  -- empty for Sala itself and for an open country
    person text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    area_code text,
    detail jsonb NOT NULL,
    previous bytea NOT NULL CHECK (length(previous) = 32),  -- the seal of the entry before; zeros for the first
    seal bytea NOT NULL CHECK (length(seal) = 32)  -- SHA-256 over `previous` and ledger.audited(entry)
);

-- What is sealed, as one text that any program can make again from the columns.
CREATE FUNCTION ledger.audited(entry ledger.audit) RETURNS text
LANGUAGE sql STABLE SET timezone = 'UTC' SET datestyle = 'ISO' AS $$
    SELECT jsonb_build_array(
        entry.audit_id, to_char(entry.at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), entry.person_id, entry.person,
        entry.action, entry.subject, entry.area_code, entry.detail)::text
$$;

CREATE FUNCTION ledger.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on %.% is refused: entries are only ever appended', tg_op, tg_table_schema, tg_table_name
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.audit
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse();

-- Entries wait here until their transaction commits. Sealing them there and not at once holds the lock of the
-- chain for a moment, instead of for as long as a transaction works.
CREATE TABLE ledger.audit_waiting (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id integer,
    person text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    area_code text,
    detail jsonb NOT NULL
);

CREATE FUNCTION ledger.append() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    entry ledger.audit;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('ledger.audit'));
    SELECT audit_id + 1, seal INTO entry.audit_id, entry.previous FROM ledger.audit ORDER BY audit_id DESC LIMIT 1;
    entry.audit_id := coalesce(entry.audit_id, 1);
    entry.previous := coalesce(entry.previous, decode(repeat('00', 32), 'hex'));
    entry.at := clock_timestamp();
    entry.person_id := new.person_id;
    entry.person := new.person;
    entry.action := new.action;
    entry.subject := new.subject;
    entry.area_code := new.area_code;
    entry.detail := new.detail;
    entry.seal := sha256(entry.previous || convert_to(ledger.audited(entry), 'UTF8'));
    INSERT INTO ledger.audit SELECT entry.*;
    DELETE FROM ledger.audit_waiting WHERE position = new.position;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER seal AFTER INSERT ON ledger.audit_waiting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger.append();

-- The one way to write: whoever may call this may not write the tables.
CREATE FUNCTION ledger.note(person_id integer, person text, action text, subject text, area_code text, detail jsonb)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
    INSERT INTO ledger.audit_waiting (person_id, person, action, subject, area_code, detail)
    VALUES ($1, $2, $3, $4, $5, $6)
$$;

-- ── How each layer signs; from the country folder ───────────────────────────────────────────────────────────

-- A layer without a row has no committee. An empty quorum is one signature of whoever may sign: a country without roles.
CREATE TABLE core.committee (
    layer_id smallint PRIMARY KEY REFERENCES core.layer ON DELETE CASCADE,
    quorum text[] NOT NULL,  -- roles that must all sign, each by another person
    requires_children boolean NOT NULL
);

-- ── Compilations: one for each area, dataset and period. One that nobody has acted on has no row ────────────

CREATE TABLE core.compilation (
    period_id integer NOT NULL REFERENCES core.period,
    dataset text NOT NULL,
    area_id integer NOT NULL REFERENCES core.area,
    state text NOT NULL CHECK (state IN ('compiled', 'endorsed', 'returned', 'reopened')),
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

-- ── What happened: one row each time somebody acts or figures move ──────────────────────────────────────────

-- core.review is there since 0001 and was never written to: state, acted_by, acted_at, as_known_at, reason.
ALTER TABLE core.review
    ADD COLUMN act text NOT NULL CHECK (act IN ('signed', 'endorsed', 'returned', 'reopened', 'corrected')),
    ADD COLUMN person_id integer,
    ADD COLUMN office text NOT NULL DEFAULT '',
    ADD COLUMN moved jsonb,  -- [{what, before, after}], as in core.endorsement.totals
    ADD COLUMN cause_id integer REFERENCES core.area,  -- the area that returned it, or whose figures moved
    ADD COLUMN receipts text[];  -- of the files that moved the figures, a few of them
CREATE INDEX review_period ON core.review (period_id, dataset);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON core.review
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse();

-- Words about one cell of a review page. area_id is the committee's area, child_id the row it is about.
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
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON core.comment
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse();
