-- Indicators that add up what returns state, and those that compare women with men, beside unions of persons.
ALTER TABLE core.indicator
    ADD COLUMN nature text NOT NULL DEFAULT 'coverage' CHECK (nature IN ('coverage', 'sum', 'gap')),
    ADD COLUMN version smallint NOT NULL DEFAULT 1,
    ADD COLUMN levels smallint[],  -- layers at which it is published; NULL: every one
    ADD COLUMN sexes "char"[],  -- sexes told apart beside the total; NULL: every one
    ADD COLUMN over_time text,  -- how months make the figure of the year; NULL: there is none
    ADD COLUMN divided boolean NOT NULL DEFAULT true,  -- whether a denominator is declared: a count has none
    -- how many of what is stored make one of the unit: money is stored in hundredths
    ADD COLUMN numerator_parts smallint NOT NULL DEFAULT 1,
    ADD COLUMN denominator_parts smallint NOT NULL DEFAULT 1;

-- Each definition under which figures were computed.
CREATE TABLE core.indicator_version (
    indicator_id smallint NOT NULL REFERENCES core.indicator,
    version smallint NOT NULL,
    definition jsonb NOT NULL,
    known_from timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (indicator_id, version)
);
INSERT INTO core.indicator_version (indicator_id, version, definition)
SELECT indicator_id, (definition ->> 'version')::smallint, definition FROM core.indicator;
UPDATE core.indicator SET version = (definition ->> 'version')::smallint;

-- What a sum adds up, and what divides it; denominator NULL: nothing, or nothing that the country knows.
CREATE TABLE core.indicator_sum (
    indicator_id smallint PRIMARY KEY REFERENCES core.indicator ON DELETE CASCADE,
    numerator text NOT NULL,
    denominator text,
    reference_amount text  -- by which each person of the denominator counts
);

-- The schemes whose returns a sum is made of.
CREATE TABLE core.indicator_sum_scheme (
    indicator_id smallint NOT NULL REFERENCES core.indicator ON DELETE CASCADE,
    scheme_id smallint NOT NULL REFERENCES core.scheme ON DELETE CASCADE,
    PRIMARY KEY (indicator_id, scheme_id)
);

-- Which lines go into a sum: the measure that each gives to the numerator and to the denominator.
CREATE TABLE core.indicator_sum_part (
    indicator_id smallint NOT NULL REFERENCES core.indicator ON DELETE CASCADE,
    scheme_id smallint NOT NULL REFERENCES core.scheme ON DELETE CASCADE,
    sex "char" NOT NULL,
    age_group_id smallint NOT NULL REFERENCES core.age_group,
    disability "char" NOT NULL,
    numerator text,
    denominator text,
    PRIMARY KEY (scheme_id, sex, age_group_id, disability, indicator_id)
);

-- Persons whom a coverage takes away from the population by which it divides.
CREATE TABLE core.indicator_less (
    indicator_id smallint NOT NULL REFERENCES core.indicator ON DELETE CASCADE,
    scheme_id smallint NOT NULL REFERENCES core.scheme ON DELETE CASCADE,
    sex "char" NOT NULL,
    age_group_id smallint NOT NULL REFERENCES core.age_group,
    disability "char" NOT NULL,
    measure text NOT NULL
);

CREATE TABLE core.indicator_gap (
    indicator_id smallint PRIMARY KEY REFERENCES core.indicator ON DELETE CASCADE,
    of_id smallint NOT NULL REFERENCES core.indicator ON DELETE CASCADE,
    shown_in text NOT NULL CHECK (shown_in IN ('points', 'ratio'))
);

-- National amounts for one person and month, from a day on. Unit: hundredths of the currency.
CREATE TABLE core.reference_amount (
    code text NOT NULL,
    valid_from date NOT NULL,
    monthly bigint NOT NULL,
    PRIMARY KEY (code, valid_from)
);

-- What lines state of one side of a sum alone, so that it is left out of both; and the returns that state nothing of
-- it. At each area and below it.
CREATE TABLE core.unpaired (
    period_id integer NOT NULL,
    layer_id smallint NOT NULL,
    area_id integer NOT NULL,
    indicator_id smallint NOT NULL,
    sex "char" NOT NULL,  -- T: returns; figures stand at their sex alone
    returns integer NOT NULL,
    numerator bigint,
    denominator bigint
);
CREATE INDEX unpaired_area ON core.unpaired (area_id, period_id);

-- The version of the definition under which a figure was computed.
ALTER TABLE core.indicator_value ADD COLUMN version smallint NOT NULL DEFAULT 1;
ALTER TABLE core.indicator_past ADD COLUMN version smallint NOT NULL DEFAULT 1;
