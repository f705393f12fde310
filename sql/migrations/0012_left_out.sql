-- Returns of older files that a newer one of the same sender lacks: they go on standing until somebody withdraws them.
CREATE TABLE ledger.left_out_return (
    submission_id integer NOT NULL REFERENCES ledger.submission,  -- the newer file
    verdict smallint NOT NULL,
    return_id integer NOT NULL
);
CREATE INDEX left_out_return_submission ON ledger.left_out_return (submission_id, verdict);
