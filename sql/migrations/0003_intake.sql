-- What intake keeps beside the lines: what a return adds up to, verdicts one after the other, confirmations of
-- warnings, withdrawals; and the lines of the other datasets.

-- ── The return, added up once, so that history and corrections never read lines ─────────────────────────────

ALTER TABLE core.return
    ADD COLUMN lines integer NOT NULL DEFAULT 0,
    ADD COLUMN total bigint,  -- of what the dataset counts: beneficiaries, persons, grievances; NULL where nothing
    ADD COLUMN withdrawal_id integer;  -- why it stands no more, where it was withdrawn and not replaced
COMMENT ON COLUMN core.return.scheme_id IS
    'What the return is about: a scheme; for targets the number of the indicator; 0 where the dataset has neither';

UPDATE core.return r
SET lines = l.lines, total = l.total
FROM (
    SELECT return_id, count(*) AS lines, sum(beneficiaries) AS total FROM core.scheme_line GROUP BY return_id
    UNION ALL
    SELECT return_id, count(*), sum(population) FROM core.population_line GROUP BY return_id
    UNION ALL
    SELECT return_id, count(*), NULL FROM core.flash_line GROUP BY return_id
    UNION ALL
    SELECT return_id, count(*), NULL FROM core.flash_item GROUP BY return_id
) AS l
WHERE l.return_id = r.return_id;

-- ── Verdicts: a submission that is tried again keeps the older one ──────────────────────────────────────────

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

ALTER TABLE ledger.submission
    DROP CONSTRAINT submission_state_check,
    ADD CONSTRAINT submission_state_check
        CHECK (state IN ('received', 'loaded', 'rejected', 'unreadable', 'failed', 'withdrawn')),
    ADD COLUMN verdicts smallint NOT NULL DEFAULT 0,  -- the number of the last one
    ADD COLUMN turn bigint,  -- the order of arrival: a file that is handed in anew gets a new turn
    ADD COLUMN handed_in_at timestamptz,  -- when it last came through the door again
    ADD COLUMN tried_at timestamptz,  -- when it was last tried again: "future" is meant against this
    ADD COLUMN because text,  -- why it was sent, in the sender's words
    ADD COLUMN raw_ended_at timestamptz;  -- when retention deleted its bytes

CREATE SEQUENCE ledger.turn;
UPDATE ledger.submission SET turn = submission_id;
SELECT setval('ledger.turn', coalesce(max(submission_id), 0) + 1, false) FROM ledger.submission;
ALTER TABLE ledger.submission ALTER COLUMN turn SET NOT NULL, ALTER COLUMN turn SET DEFAULT nextval('ledger.turn');
DROP INDEX ledger.submission_waiting;
CREATE INDEX submission_waiting ON ledger.submission (turn) WHERE state = 'received';

INSERT INTO ledger.verdict
SELECT submission_id, 1, coalesce(finished_at, received_at), outcome, coalesce(rows_read, 0),
       coalesce(rows_accepted, 0), coalesce(rows_rejected, 0), ''
FROM ledger.submission
WHERE outcome IS NOT NULL;
UPDATE ledger.submission SET verdicts = 1 WHERE outcome IS NOT NULL;

ALTER TABLE ledger.problem ADD COLUMN verdict smallint NOT NULL DEFAULT 1;
ALTER TABLE ledger.rejected_row
    ADD COLUMN verdict smallint NOT NULL DEFAULT 1,
    DROP CONSTRAINT rejected_row_pkey,
    ADD PRIMARY KEY (submission_id, verdict, row_number);

-- ── What people say to a verdict ────────────────────────────────────────────────────────────────────────────

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
    returns integer NOT NULL,  -- how many stood no more after it
    whole boolean NOT NULL  -- the submission, or only some of its returns
);
CREATE INDEX withdrawal_submission ON ledger.withdrawal (submission_id);

-- ── Lines of the other datasets ─────────────────────────────────────────────────────────────────────────────

-- One row a person and return. `person` is HMAC-SHA-256 of the identifier with a key that is not in the database.
CREATE TABLE core.beneficiary_line (
    return_id integer NOT NULL,
    row_number integer NOT NULL,
    person bytea NOT NULL CHECK (length(person) = 32),
    key_version smallint NOT NULL,
    sex "char" NOT NULL,
    birth_year smallint NOT NULL,
    disability "char" NOT NULL DEFAULT 'T',
    amount_paid numeric(18, 2)
);
CREATE INDEX beneficiary_line_return ON core.beneficiary_line (return_id);

CREATE TABLE core.grievance_line (
    return_id integer NOT NULL,
    row_number integer NOT NULL,
    category text NOT NULL,
    sex "char" NOT NULL,
    received integer NOT NULL,
    resolved integer NOT NULL,
    escalated integer NOT NULL,
    pending integer NOT NULL,
    median_days double precision NOT NULL
);
CREATE INDEX grievance_line_return ON core.grievance_line (return_id);

CREATE TABLE core.target_line (
    return_id integer NOT NULL,
    row_number integer NOT NULL,
    sex "char" NOT NULL,  -- T for all together
    kind text NOT NULL CHECK (kind IN ('baseline', 'milestone', 'target')),
    value double precision NOT NULL,
    cost numeric(18, 2),
    responsible text
);
CREATE INDEX target_line_return ON core.target_line (return_id);

CREATE TABLE core.allocation_line (
    return_id integer NOT NULL,
    row_number integer NOT NULL,
    amount numeric(18, 2) NOT NULL
);
CREATE INDEX allocation_line_return ON core.allocation_line (return_id);
