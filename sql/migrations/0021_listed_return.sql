-- Returns that lists of persons give where nobody filed the scheme's counts: they stand until somebody does.
ALTER TABLE core.return ADD COLUMN from_list boolean NOT NULL DEFAULT false;
CREATE INDEX return_from_list ON core.return (period_id) WHERE from_list AND known_to = 'infinity';

-- The areas that report a scheme by a list: indicators count the persons of the list in place of what their return counts.
CREATE TABLE core.listed_area (
    period_id integer NOT NULL,
    area_id integer NOT NULL,
    scheme_id smallint NOT NULL,
    partial boolean NOT NULL,
    PRIMARY KEY (period_id, area_id, scheme_id)
);
