-- Sessions of browsers: a cookie names one, and signing out ends it here. Only a hash is kept: 32 random bytes need no slow one.
CREATE TABLE ledger.session (
    hash bytea PRIMARY KEY CHECK (length(hash) = 32),  -- SHA-256
    person_id integer NOT NULL REFERENCES ledger.person ON DELETE CASCADE,
    began_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at timestamptz NOT NULL DEFAULT clock_timestamp()  -- within a twentieth of the idle time
);
CREATE INDEX session_person ON ledger.session (person_id);
ALTER TABLE ledger.person DROP COLUMN sessions;

-- Wrong passwords, counted by what attempts have in common (transforms/identity/throttle.py), whether there is such an
-- account or not. Keys are hashes: people type passwords where a name belongs.
CREATE TABLE ledger.failed_sign_in (
    key bytea PRIMARY KEY,
    account bytea,  -- the hash of the name; empty where several names share the key
    failed smallint NOT NULL DEFAULT 1,
    last_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    wait_until timestamptz
);
ALTER TABLE ledger.person DROP COLUMN failed, DROP COLUMN locked_until;

-- Requests in a window of time, by who sends them: all server processes count together. Nothing is lost with it.
CREATE UNLOGGED TABLE ledger.request_count (
    key bytea PRIMARY KEY,  -- SHA-256 of the sender
    count integer NOT NULL,
    ends_at timestamptz NOT NULL
);
