-- Selections of the page of data that somebody keeps under a name.
CREATE TABLE core.saved_view (
    person_id integer NOT NULL REFERENCES ledger.person,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    selection text NOT NULL CHECK (length(selection) <= 4000),
    saved_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (person_id, name)
);
