-- Periods: 2026 is 2026000, 2026-10 is 2026110, 2026-W47 is 2026247. One opens with its partitions (core.open_period).

CREATE TABLE core.period (
    period_id integer PRIMARY KEY,
    key text NOT NULL UNIQUE,
    kind "char" NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    moved_at timestamptz,  -- when a return or a population last changed what its figures should be
    compiled_at timestamptz,  -- when its chain last began to be compiled: before moved_at means work is waiting
    compiled_layer smallint,  -- the layer compiled last, on the way from the lowest to 0
    published_at timestamptz  -- when its indicators were last brought up to date
);
