-- Second factors: codes of an application (TOTP), and codes for when it is lost.
CREATE TABLE ledger.second_factor (
    person_id integer PRIMARY KEY REFERENCES ledger.person ON DELETE CASCADE,
    sealed bytea NOT NULL,  -- the secret, by a key outside the database (transforms/identity/second_factor.py)
    last_step bigint NOT NULL,  -- the half-minute of the last code that was taken: none of then or before is taken again
    enrolled_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE ledger.recovery_code (
    person_id integer NOT NULL REFERENCES ledger.second_factor ON DELETE CASCADE,
    hash bytea NOT NULL CHECK (length(hash) = 32),  -- keyed, so that the code cannot be found by trying
    used_at timestamptz,
    PRIMARY KEY (person_id, hash)
);

-- How a session began, and whether its person has still to give the second factor: until then they act as a visitor.
ALTER TABLE ledger.session
    ADD COLUMN provider boolean NOT NULL DEFAULT false,  -- by OpenID Connect, without a password of Sala's
    ADD COLUMN unproved boolean NOT NULL DEFAULT false;
