-- What somebody has written on the page that takes the place of a template, before it is sent.
CREATE TABLE core.entry_draft (
    person_id integer NOT NULL REFERENCES ledger.person,
    dataset text NOT NULL,
    area_id integer NOT NULL REFERENCES core.area,
    period text NOT NULL,
    cells jsonb NOT NULL CHECK (length(cells::text) <= 400000),
    saved_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (person_id, dataset, area_id, period)
);
