-- Returns and their lines. A return is one area, one scheme (or dataset), one period. known_from and known_to stand on
-- it; lines are only ever appended. Keys are small integers, because a national month is 1.7 million lines.

-- period_id, area_id and submission_id come from the loader's own look-up in the same transaction; checking them once
-- more, a row at a time, doubled the time to load a national month of returns. What a return is about is checked once for
-- all rows of a statement (functions/periods/return_subject_exists.sql). For the same reason the unique index
-- is in the order in which the loader comes, and what lies in the order of arrival has an index of a few kilobytes.
CREATE SEQUENCE core.return_id AS integer;
CREATE TABLE core.return (
    return_id integer PRIMARY KEY,
    dataset text NOT NULL,
    period_id integer NOT NULL,
    area_id integer NOT NULL CHECK (area_id > 0),
    scheme_id smallint NOT NULL DEFAULT 0,  -- what it is about: at most one of these three, as its dataset says
    indicator_id smallint NOT NULL DEFAULT 0,
    administrator_id smallint NOT NULL DEFAULT 0,  -- on whose sheet it stands; 0 on an area's own
    submission_id integer NOT NULL,
    received_at timestamptz NOT NULL,  -- first arrival of this return: a later correction does not make it late
    known_from timestamptz NOT NULL,
    known_to timestamptz NOT NULL DEFAULT 'infinity',
    partial boolean NOT NULL,  -- some of its lines were rejected
    zero boolean NOT NULL,  -- received, and counts nobody
    lines integer NOT NULL DEFAULT 0,  -- added up once, so that history and corrections never read lines
    total bigint,  -- of what the dataset counts: beneficiaries, persons, grievances; NULL where nothing
    withdrawal_id integer,  -- of the withdrawal that ended it, where nothing replaced it
    CHECK (known_from < known_to),
    CHECK ((scheme_id > 0) = (dataset IN ('scheme_returns', 'beneficiary_list', 'allocations'))),
    CHECK ((indicator_id > 0) = (dataset = 'targets')),
    CHECK (administrator_id = 0 OR administrator_id > 0 AND dataset IN ('flash_reports', 'flash_items'))
);
CREATE UNIQUE INDEX return_present ON core.return (area_id, period_id, scheme_id, dataset, indicator_id, administrator_id)
    WHERE known_to = 'infinity';
CREATE INDEX return_arrival ON core.return USING brin (period_id, submission_id) WITH (pages_per_range = 16);
CREATE INDEX return_corrected ON core.return (period_id, area_id) WHERE known_to < 'infinity';
CREATE INDEX return_allocation ON core.return (area_id, period_id) WHERE dataset = 'allocations';

CREATE TABLE core.scheme_line (
    period_id integer NOT NULL,
    return_id integer NOT NULL,
    row_number integer NOT NULL,
    sex "char" NOT NULL,
    age_group_id smallint NOT NULL,
    disability "char" NOT NULL DEFAULT 'T',  -- Y, N, U, or T where the return does not tell them apart
    beneficiaries integer NOT NULL,
    contributors integer,
    registered integer,
    new_enrolments integer,
    exits integer,
    amount_paid numeric(18, 2),
    applied integer,
    refused integer,
    waiting integer,
    paid_on_time integer,
    records_updated integer
) PARTITION BY LIST (period_id);

-- A BRIN index would be a few kilobytes and cost nothing to load, but a planner without statistics passes it by, and
-- then walks a whole month of lines for each return of an area: pages took minutes on a warehouse just filled.
CREATE INDEX scheme_line_return ON core.scheme_line (return_id);

-- Lines by population group. They restate persons of core.scheme_line, so they stand apart and are never summed with it.
CREATE TABLE core.group_line (
    LIKE core.scheme_line INCLUDING DEFAULTS,
    group_id smallint NOT NULL
) PARTITION BY LIST (period_id);
CREATE INDEX group_line_return ON core.group_line (return_id);

-- One row a person and return. `person` is HMAC-SHA-256 of the identifier with a key that is not in the database.
CREATE TABLE core.beneficiary_line (
    return_id integer NOT NULL,
    row_number integer NOT NULL,
    person bytea NOT NULL CHECK (length(person) = 32),
    key_version smallint NOT NULL,
    sex "char" NOT NULL,
    birth_year smallint NOT NULL,
    disability "char" NOT NULL DEFAULT 'T',
    amount_paid numeric(18, 2)
);
CREATE INDEX beneficiary_line_return ON core.beneficiary_line (return_id);

CREATE TABLE core.population_line (
    return_id integer NOT NULL,
    row_number integer NOT NULL,
    sex "char" NOT NULL,
    age_group_id smallint NOT NULL,
    population integer NOT NULL,
    status "char" NOT NULL,  -- A counted, E estimated
    source text NOT NULL
);
CREATE INDEX population_line_return ON core.population_line (return_id);

CREATE TABLE core.target_line (
    return_id integer NOT NULL,
    row_number integer NOT NULL,
    sex "char" NOT NULL,  -- T for all together
    kind text NOT NULL CHECK (kind IN ('baseline', 'milestone', 'target')),
    value double precision NOT NULL,
    cost numeric(18, 2),
    responsible text
);
CREATE INDEX target_line_return ON core.target_line (return_id);

CREATE TABLE core.allocation_line (
    return_id integer NOT NULL,
    row_number integer NOT NULL,
    amount numeric(18, 2) NOT NULL
);
CREATE INDEX allocation_line_return ON core.allocation_line (return_id);

CREATE TABLE core.grievance_line (
    return_id integer NOT NULL,
    row_number integer NOT NULL,
    category text NOT NULL,
    sex "char" NOT NULL,
    received integer NOT NULL,
    resolved integer NOT NULL,
    escalated integer NOT NULL,
    pending integer NOT NULL,
    median_days double precision NOT NULL,
    channel text  -- NULL where channels are not told apart
);
CREATE INDEX grievance_line_return ON core.grievance_line (return_id);

-- The five axes of a flash report, in percent advanced.
CREATE TABLE core.flash_line (
    return_id integer NOT NULL,
    row_number integer NOT NULL,
    institutional_arrangement numeric(5, 2) NOT NULL,
    human_resources numeric(5, 2) NOT NULL,
    communication_enrolment numeric(5, 2) NOT NULL,
    process_tools numeric(5, 2) NOT NULL,
    project_management numeric(5, 2) NOT NULL
);
CREATE INDEX flash_line_return ON core.flash_line (return_id);

-- The lists of a flash report.
CREATE TABLE core.flash_item (
    item_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    return_id integer NOT NULL,
    row_number integer NOT NULL,
    kind text NOT NULL CHECK (kind IN ('done', 'next', 'risk', 'decision')),
    text text NOT NULL,
    needs_layer_id smallint REFERENCES core.layer,
    due date,
    origin text NOT NULL DEFAULT 'own' CHECK (origin IN ('own', 'compiled')),
    sources integer[],  -- the items below that it was put together from
    stays_because text  -- why it is not sent on; NULL where it is
);
CREATE INDEX flash_item_return ON core.flash_item (return_id);

-- A sheet that somebody is writing: it survives the closing of the browser and is nobody else's business.
CREATE TABLE core.flash_draft (
    area_id integer NOT NULL REFERENCES core.area,
    week text NOT NULL,
    administrator_id smallint NOT NULL DEFAULT 0,
    person_id integer NOT NULL DEFAULT 0,  -- 0 for whoever reaches a country that has no accounts
    content jsonb NOT NULL,
    saved_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (area_id, week, administrator_id, person_id)
);
