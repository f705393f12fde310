-- Submissions, the verdicts on them, and what people answered: confirmations of warnings, withdrawals.

CREATE SEQUENCE ledger.turn;

CREATE TABLE ledger.submission (
    submission_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    receipt text NOT NULL UNIQUE,
    sha256 bytea NOT NULL UNIQUE CHECK (length(sha256) = 32),
    filename text NOT NULL,
    size bigint NOT NULL,
    dataset text,
    submitted_by text NOT NULL,
    via text NOT NULL,
    received_at timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('received', 'loaded', 'rejected', 'unreadable', 'failed', 'withdrawn')),
    outcome text CHECK (outcome IN ('accepted', 'partial', 'rejected', 'unreadable')),
    rows_read integer,
    rows_accepted integer,
    rows_rejected integer,
    finished_at timestamptz,
    attempts smallint NOT NULL DEFAULT 0,
    person_id integer REFERENCES ledger.person,  -- who sent it; NULL is a sender without an account
    from_area_id integer REFERENCES core.area,  -- the area for which the sender could report
    from_administrator text,  -- the administrator to which the sender belonged
    verdicts smallint NOT NULL DEFAULT 0,  -- the number of the last one
    turn bigint NOT NULL DEFAULT nextval('ledger.turn'),  -- the order of arrival: a file handed in anew gets a new one
    handed_in_at timestamptz,  -- when it was last handed in again
    tried_at timestamptz,  -- when it was last tried again: "future" is meant against this
    because text,  -- why it was sent, in the sender's words
    raw_ended_at timestamptz  -- when retention deleted its bytes
);
CREATE INDEX submission_waiting ON ledger.submission (turn) WHERE state = 'received';
CREATE INDEX submission_from_area ON ledger.submission (from_area_id);
CREATE INDEX submission_person ON ledger.submission (person_id);

CREATE TABLE ledger.state_change (
    submission_id integer NOT NULL REFERENCES ledger.submission,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    state text NOT NULL,
    detail jsonb
);
CREATE INDEX state_change_submission ON ledger.state_change (submission_id, at);

-- One a judging: a submission that is tried again keeps the older ones.
CREATE TABLE ledger.verdict (
    submission_id integer NOT NULL REFERENCES ledger.submission,
    number smallint NOT NULL CHECK (number > 0),
    judged_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    outcome text NOT NULL,
    rows_read integer NOT NULL,
    rows_accepted integer NOT NULL,
    rows_rejected integer NOT NULL,
    country text NOT NULL,  -- digest of the country folder by which it was judged
    PRIMARY KEY (submission_id, number)
);

CREATE TABLE ledger.problem (
    submission_id integer NOT NULL REFERENCES ledger.submission,
    row_number integer,
    column_name text,
    value text,
    rule text NOT NULL,
    severity text NOT NULL CHECK (severity IN ('reject', 'warn')),
    message jsonb NOT NULL,
    verdict smallint NOT NULL DEFAULT 1
);
CREATE INDEX problem_submission ON ledger.problem (submission_id);

CREATE TABLE ledger.rejected_row (
    submission_id integer NOT NULL REFERENCES ledger.submission,
    row_number integer NOT NULL,
    cells jsonb NOT NULL,
    verdict smallint NOT NULL DEFAULT 1,
    PRIMARY KEY (submission_id, verdict, row_number)
);

CREATE TABLE ledger.confirmation (
    confirmation_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    submission_id integer NOT NULL REFERENCES ledger.submission,
    verdict smallint NOT NULL,
    rule text,  -- NULL: every warning of the verdict
    row_number integer,  -- NULL: every row
    comment text,
    confirmed_by text NOT NULL,
    confirmed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    FOREIGN KEY (submission_id, verdict) REFERENCES ledger.verdict
);
CREATE INDEX confirmation_submission ON ledger.confirmation (submission_id);

CREATE TABLE ledger.withdrawal (
    withdrawal_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    submission_id integer NOT NULL REFERENCES ledger.submission,
    withdrawn_by text NOT NULL,
    withdrawn_at timestamptz NOT NULL,
    because text NOT NULL CHECK (because <> ''),
    returns integer NOT NULL,  -- how many were withdrawn with it
    whole boolean NOT NULL  -- the submission, or only some of its returns
);
CREATE INDEX withdrawal_submission ON ledger.withdrawal (submission_id);
