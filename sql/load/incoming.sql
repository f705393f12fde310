-- The returns of one file, before it is known which of them replace what stands.
CREATE TEMP TABLE incoming (
    position integer NOT NULL,
    return_id integer NOT NULL DEFAULT nextval('core.return_id'),
    period_id integer NOT NULL,
    area_id integer NOT NULL,
    scheme_id smallint NOT NULL,
    indicator_id smallint NOT NULL,
    administrator_id smallint NOT NULL,
    partial boolean NOT NULL,
    zero boolean NOT NULL,
    lines integer NOT NULL,
    total bigint,
    mark bigint NOT NULL,
    received_at timestamptz NOT NULL
) ON COMMIT DROP;
GRANT SELECT, DELETE ON incoming TO sala_loader;
