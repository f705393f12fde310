-- What each layer compiled. Derived: dropping and compiling again gives the same to the last digit.

-- Areas whose figures have to be compiled again. A stage takes its layer's rows away, and puts their parents in for the
-- stage above (stage is the depth of the layer) and the areas themselves for the publication (stage -1). Area 0 is all areas.
CREATE TABLE core.compile_queue (
    period_id integer NOT NULL,
    stage smallint NOT NULL,
    area_id integer NOT NULL
);
CREATE INDEX compile_queue_stage ON core.compile_queue (period_id, stage);

-- Returns expected and received, at each area and below it.
CREATE TABLE core.reporting (
    period_id integer NOT NULL,
    layer_id smallint NOT NULL,
    area_id integer NOT NULL,
    dataset text NOT NULL,
    scheme_id smallint NOT NULL,
    expected integer NOT NULL,
    received integer NOT NULL,
    on_time integer NOT NULL,
    partial integer NOT NULL,
    zero integer NOT NULL,
    in_grace integer NOT NULL DEFAULT 0,  -- after the due day, within the days of grace
    empty integer NOT NULL DEFAULT 0  -- came, and was withdrawn with nothing in its place
) PARTITION BY LIST (period_id);
CREATE INDEX reporting_area ON core.reporting (area_id);

CREATE TABLE core.scheme_total (
    period_id integer NOT NULL,
    layer_id smallint NOT NULL,
    area_id integer NOT NULL,
    scheme_id smallint NOT NULL,
    sex "char" NOT NULL,
    age_group_id smallint NOT NULL,
    disability "char" NOT NULL,
    beneficiaries bigint NOT NULL,
    contributors bigint,
    registered bigint,
    new_enrolments bigint,
    exits bigint,
    amount_paid numeric(20, 2),
    applied bigint,
    refused bigint,
    waiting bigint,
    paid_on_time bigint,
    records_updated bigint,
    place_not_known bigint  -- of the beneficiaries, those reported above the layer that reports the scheme; NULL: none
) PARTITION BY LIST (period_id);
CREATE INDEX scheme_total_area ON core.scheme_total (area_id, scheme_id);

-- What the lines by population group add up to, apart from the totals of which they are parts.
CREATE TABLE core.group_total (
    LIKE core.scheme_total INCLUDING DEFAULTS,
    group_id smallint NOT NULL
) PARTITION BY LIST (period_id);
CREATE INDEX group_total_area ON core.group_total (area_id, scheme_id);

-- Persons whom returns that did not come, or came in part, could hold. NULL where no population is known.
CREATE TABLE core.nonresponse_population (
    period_id integer NOT NULL,
    layer_id smallint NOT NULL,
    area_id integer NOT NULL,
    scheme_id smallint NOT NULL,
    sex "char" NOT NULL,
    persons bigint
) PARTITION BY LIST (period_id);
CREATE INDEX nonresponse_population_area ON core.nonresponse_population (area_id);

-- The population of each area: its own figures, or the sum of its children.
CREATE TABLE core.denominator (
    year smallint NOT NULL,
    layer_id smallint NOT NULL,
    area_id integer NOT NULL,
    sex "char" NOT NULL,
    age_group_id smallint NOT NULL,
    population bigint NOT NULL,
    status "char" NOT NULL,
    PRIMARY KEY (year, area_id, sex, age_group_id)
);

-- The denominators of one year as compiling reads them, sexes side by side: persons whom each scheme is for, and
-- persons by whom each indicator divides. NULL for a sex that the population does not tell apart.
CREATE TABLE core.eligible (
    year smallint NOT NULL,
    area_id integer NOT NULL,
    scheme_id smallint NOT NULL,
    f bigint, m bigint, x bigint, u bigint,
    PRIMARY KEY (year, area_id, scheme_id)
);

CREATE TABLE core.indicator_denominator (
    year smallint NOT NULL,
    area_id integer NOT NULL,
    indicator_id smallint NOT NULL,
    f bigint, m bigint, x bigint, u bigint,
    PRIMARY KEY (year, area_id, indicator_id)
);

CREATE TABLE core.flash_compiled (
    period_id integer NOT NULL,
    layer_id smallint NOT NULL,
    area_id integer NOT NULL,
    mean numeric[] NOT NULL,  -- five axes, in the order of core.flash_line
    lowest numeric[] NOT NULL,
    highest numeric[] NOT NULL,
    laggards text[] NOT NULL,
    children_reporting integer NOT NULL,
    children integer NOT NULL,
    PRIMARY KEY (period_id, area_id)
);
CREATE INDEX flash_compiled_area ON core.flash_compiled (area_id);

-- What each area and those below it count together. Medians cannot be added: their range is kept, and how many
-- wait where the median is above what the country calls slow.
CREATE TABLE core.grievance_compiled (
    period_id integer NOT NULL,
    area_id integer NOT NULL,
    at_layer_id smallint NOT NULL,  -- the layer of the areas that counted
    category text NOT NULL,
    sex "char" NOT NULL,
    channel text,
    received bigint NOT NULL,
    resolved bigint NOT NULL,
    escalated bigint NOT NULL,
    pending bigint NOT NULL,
    pending_slow bigint NOT NULL,
    median_low double precision,  -- NULL where nothing was resolved
    median_high double precision
);
CREATE INDEX grievance_compiled_area ON core.grievance_compiled (area_id, period_id);

-- Counts, so that a rate is divided once, where it is shown.
CREATE TABLE core.indicator_value (
    period_id integer NOT NULL,
    area_id integer NOT NULL,
    indicator_id smallint NOT NULL,
    sex "char" NOT NULL,  -- F, M, X, U, or T for all
    age_group_id smallint NOT NULL,
    numerator bigint,
    denominator bigint,
    lower_count bigint,
    upper_count bigint,
    expected integer NOT NULL,
    received integer NOT NULL,
    known_from timestamptz NOT NULL,
    PRIMARY KEY (period_id, area_id, indicator_id, sex, age_group_id)
) PARTITION BY LIST (period_id);

-- Figures that others have replaced stay readable here, so that any earlier moment can be asked for.
CREATE TABLE core.indicator_past (
    LIKE core.indicator_value,
    known_to timestamptz NOT NULL CHECK (known_to < 'infinity')  -- lets a query for the present pass it by
) PARTITION BY LIST (period_id);
CREATE INDEX indicator_past_area ON core.indicator_past (area_id);
