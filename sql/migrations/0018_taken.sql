-- Files that a process has taken to work on. What one has left that is gone is anybody's (core.file_in_hand).
CREATE TABLE ledger.taken (
    submission_id integer PRIMARY KEY REFERENCES ledger.submission,
    pid integer NOT NULL,  -- of the session that the process keeps open as long as it works,
    since timestamptz NOT NULL,  -- and when it began: a number comes again
    span int4range  -- from the first to the last area that it may change, as core.area.tree_left; NULL until it is judged
);
