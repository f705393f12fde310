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
