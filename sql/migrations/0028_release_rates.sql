-- Take-up to its end: who was accepted, and who was paid for the first time.
ALTER TABLE core.scheme_line ADD accepted integer, ADD first_paid integer;
ALTER TABLE core.group_line ADD accepted integer, ADD first_paid integer;
ALTER TABLE core.scheme_total ADD accepted bigint, ADD first_paid bigint;
ALTER TABLE core.group_total ADD accepted bigint, ADD first_paid bigint;

-- Women compared with men have no count of their own in a release.
ALTER TABLE core.released_cell ADD value double precision;

-- The persons by whom released sums are divided, where returns state them, with what is shown of each: as secret as what
-- they divide. Read by Sala alone.
CREATE TABLE core.released_divisor (
    release_id integer NOT NULL REFERENCES core.release,
    public_table text NOT NULL,
    key text NOT NULL,
    count bigint NOT NULL,
    published bigint,
    status "char" NOT NULL CHECK (status IN ('A', 'Q', 'R')),
    PRIMARY KEY (release_id, public_table, key)
);
