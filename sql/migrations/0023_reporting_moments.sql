-- What pages say of the returns of an area and below it, kept with the counts: reading it out of the returns took a page a second.
ALTER TABLE core.reporting
    ADD COLUMN first_received_at timestamptz,  -- of the returns that stand; NULL: none
    ADD COLUMN last_received_at timestamptz,
    ADD COLUMN corrected integer NOT NULL DEFAULT 0,  -- that stand in the place of an older one
    ADD COLUMN zero_first integer NOT NULL DEFAULT 0;  -- zeros in time, figures only after the due day

-- What was compiled before is compiled once more.
INSERT INTO core.compile_queue (period_id, stage, area_id)
SELECT DISTINCT r.period_id, (SELECT max(l.layer_id) FROM core.layer l), 0
FROM core.reporting r
ON CONFLICT DO NOTHING;
