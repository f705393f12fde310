-- Persons of lists, counted once: across schemes, areas and, in a year, its months. Derived from the lists that stand.

-- The overlap cube. Every person has one area of residence, so it adds up: each area's rows count those below it too.
CREATE TABLE core.overlap (
    period_id integer NOT NULL,
    area_id integer NOT NULL,
    sex "char" NOT NULL,  -- U: not stated, or lists contradict each other
    age_group_id smallint NOT NULL,  -- 0 where lists contradict each other
    disability "char" NOT NULL,
    schemes smallint[] NOT NULL,  -- all schemes that list the person, in the order of their numbers
    persons bigint NOT NULL,
    placed_here bigint NOT NULL  -- of these, persons of whom no area below is known
);
CREATE INDEX overlap_area ON core.overlap (period_id, area_id);

-- The lists of which a period's cube was made, to know when it has to be made anew.
CREATE TABLE core.counted_list (
    period_id integer NOT NULL,
    return_id integer NOT NULL,
    PRIMARY KEY (period_id, return_id)
);

-- Persons of whom lists say different things, by area of residence, those below included.
CREATE TABLE core.person_conflict (
    period_id integer NOT NULL,
    area_id integer NOT NULL,
    about text NOT NULL CHECK (about IN ('sex', 'birth_year')),
    persons bigint NOT NULL
);
CREATE INDEX person_conflict_area ON core.person_conflict (period_id, area_id);

-- Whoever decides where persons live that two areas list. Without such a decision the rule stands (sql/persons/4_residence.sql).
CREATE TABLE core.residence_decision (
    decision_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    period_id integer NOT NULL REFERENCES core.period,
    area_id integer NOT NULL REFERENCES core.area,  -- they live here
    other_id integer NOT NULL REFERENCES core.area,  -- and not here
    decided_by text NOT NULL,
    decided_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    because text NOT NULL,
    ended_at timestamptz NOT NULL DEFAULT 'infinity',  -- by a later one of the same two areas
    CHECK (area_id <> other_id)
);
CREATE INDEX residence_decision_period ON core.residence_decision (period_id);

-- What the area of residence adds to a scheme's list in an area, or takes from it: listed + persons = counted.
CREATE TABLE core.list_adjustment (
    period_id integer NOT NULL,
    area_id integer NOT NULL,
    other_id integer NOT NULL,
    scheme_id smallint NOT NULL,
    persons bigint NOT NULL,  -- below zero: they stand in this area's list and live in the other
    decision_id integer  -- NULL: by the rule
);
CREATE INDEX list_adjustment_area ON core.list_adjustment (period_id, area_id);

-- Persons whom an area lists and who live in another.
CREATE TABLE core.person_elsewhere (
    period_id integer NOT NULL,
    area_id integer NOT NULL,
    home_id integer NOT NULL,
    persons bigint NOT NULL
);
CREATE INDEX person_elsewhere_area ON core.person_elsewhere (period_id, area_id);

-- Finds the lists of a period, and that it has none, without reading its returns.
CREATE INDEX return_list ON core.return (period_id) WHERE dataset = 'beneficiary_list' AND known_to = 'infinity';

-- The keys by which pseudonyms were made, known by a mark that only the same key makes. The newest is in use.
CREATE TABLE core.pseudonym_key (
    version smallint PRIMARY KEY,
    mark bytea,  -- NULL for one in use before marks were kept: the next list brings it
    since timestamptz NOT NULL DEFAULT clock_timestamp()
);
INSERT INTO core.pseudonym_key (version) SELECT DISTINCT key_version FROM core.beneficiary_line;
