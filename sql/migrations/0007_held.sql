-- Files that wait for a word because of what they would replace, and what that is.
ALTER TABLE ledger.submission
    DROP CONSTRAINT submission_state_check,
    ADD CONSTRAINT submission_state_check
        CHECK (state IN ('received', 'held', 'loaded', 'rejected', 'unreadable', 'failed', 'withdrawn'));
ALTER TABLE ledger.problem
    DROP CONSTRAINT problem_severity_check,
    ADD CONSTRAINT problem_severity_check CHECK (severity IN ('reject', 'hold', 'warn'));

-- The returns that a held file would replace by something else.
CREATE TABLE ledger.held_return (
    submission_id integer NOT NULL REFERENCES ledger.submission,
    verdict smallint NOT NULL,
    period text NOT NULL,
    area_code text NOT NULL,
    subject text NOT NULL,  -- scheme or indicator; empty where its returns are about neither
    sent_by text NOT NULL,
    sent_on date NOT NULL,
    before_lines integer NOT NULL,
    after_lines integer NOT NULL,
    before_total bigint NOT NULL,  -- of what the dataset counts
    after_total bigint NOT NULL
);
CREATE INDEX held_return_submission ON ledger.held_return (submission_id, verdict);
