-- What a population is, from the firmest to the weakest, in the letters of SDMX (CL_OBS_STATUS): a sum is as weak as its
-- weakest part. A counted, P provisional, F projected, E estimated, I interpolated by Sala between two years.
CREATE TYPE core.population_status AS ENUM ('A', 'P', 'F', 'E', 'I');

ALTER TABLE core.population_line ALTER COLUMN status TYPE core.population_status
    USING status::text::core.population_status;
ALTER TABLE core.denominator ALTER COLUMN status TYPE core.population_status
    USING status::text::core.population_status;

-- Where an area's denominators of a year come from.
CREATE TABLE core.denominator_vintage (
    year smallint NOT NULL,
    layer_id smallint NOT NULL,
    area_id integer NOT NULL,
    status core.population_status NOT NULL,
    from_years smallint[] NOT NULL,  -- of whose populations they are made: the year itself, or the two around it
    sources text[] NOT NULL,
    known_from timestamptz NOT NULL,  -- since when the newest of these populations stands
    PRIMARY KEY (year, area_id)
);

-- What was summed before has no vintage yet: the country folder is loaded again, and makes the denominators anew.
UPDATE core.country SET digest = '';
