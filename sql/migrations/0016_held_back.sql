-- Counts that a release does not show, for those who guard later releases against earlier ones: read by Sala alone.
CREATE TABLE core.held_back_count (
    release_id integer NOT NULL REFERENCES core.release,
    public_table text NOT NULL,
    key text NOT NULL,
    count bigint NOT NULL,
    PRIMARY KEY (release_id, public_table, key)
);

ALTER TABLE core.released_cell DROP COLUMN guarantee;  -- public tables are by indicator, which has its guarantee
