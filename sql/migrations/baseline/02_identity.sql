-- Roles, accounts, and the audit log.

CREATE TABLE core.role (
    code text PRIMARY KEY,
    names jsonb NOT NULL,
    layers text[] NOT NULL,
    sees text[] NOT NULL,
    actions text[] NOT NULL,
    visitors text CHECK (visitors IN ('always', 'sample')),
    of_administrator boolean NOT NULL
);

-- A role that the folder no longer has gives no right, so `role` needs no foreign key.
CREATE TABLE ledger.person (
    person_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9][a-z0-9._-]{1,62}$'),
    hash text NOT NULL,  -- argon2id
    role text NOT NULL,
    area_id integer NOT NULL REFERENCES core.area,
    administrator text,  -- the scheme administrator to which the account belongs
    email text,
    language text,
    active boolean NOT NULL DEFAULT true,
    must_change boolean NOT NULL DEFAULT false,
    failed smallint NOT NULL DEFAULT 0,  -- wrong passwords since the last right one
    locked_until timestamptz,
    sessions integer NOT NULL DEFAULT 0,  -- counted up to end every session that is open
    login name UNIQUE,  -- a database login of the person's own
    demo boolean NOT NULL DEFAULT false,  -- of a sample: its password stands on the terminal of whoever runs Sala
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp()  -- of the password
);

-- By a token a program acts for an account. Only its hash is kept: 32 random bytes need no slow one.
CREATE TABLE ledger.token (
    token_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id integer NOT NULL REFERENCES ledger.person,
    name text NOT NULL CHECK (name <> ''),
    hash bytea NOT NULL UNIQUE CHECK (length(hash) = 32),  -- SHA-256
    scopes text[] NOT NULL CHECK (scopes <@ ARRAY['read', 'submit', 'review']),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz,  -- empty: it does not end by itself
    last_used_at timestamptz,
    revoked_at timestamptz
);
CREATE UNIQUE INDEX token_name ON ledger.token (person_id, name) WHERE revoked_at IS NULL;

-- Append-only (functions/audit/append_only.sql); each entry is sealed with the one before it.
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
