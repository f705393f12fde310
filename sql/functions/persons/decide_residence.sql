-- A person who may decide for both areas says that those whom lists of both name live in one of them. An earlier decision of the
-- same two areas ends. The period's persons are counted again, and both areas and all around them published.
CREATE FUNCTION core.decide_residence(of_period text, home text, other text, because text, name text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET lock_timeout = '5s' AS $$
DECLARE
    actor record;
    pair constant jsonb := jsonb_build_object('area', home, 'other', other, 'period', of_period);
    decided integer;
    home_number integer;
    other_number integer;
BEGIN
    SELECT * INTO actor FROM core.actor(name);
    SELECT p.period_id INTO decided FROM core.period p WHERE p.key = of_period;
    SELECT e.area_id, e.home_id INTO home_number, other_number
    FROM core.person_elsewhere e
    JOIN core.area a ON a.area_id = e.area_id
    JOIN core.area h ON h.area_id = e.home_id
    WHERE e.period_id = decided AND (home, other) IN ((a.code, h.code), (h.code, a.code));
    IF home_number IS NULL THEN
        PERFORM core.raise_refusal('nobody_in_both_areas', pair);
    END IF;
    IF NOT (core.may('place', home_number) AND core.may('place', other_number)) THEN
        PERFORM core.raise_refusal('may_not_decide_residence', pair);
    END IF;
    IF coalesce(because, '') !~ '\S' THEN
        PERFORM core.raise_refusal('release_reason');
    END IF;
    IF home <> (SELECT a.code FROM core.area a WHERE a.area_id = home_number) THEN
        SELECT home_number, other_number INTO other_number, home_number;
    END IF;
    UPDATE core.residence_decision d SET ended_at = clock_timestamp()
    WHERE d.period_id = decided AND d.ended_at = 'infinity'
      AND (d.area_id, d.other_id) IN ((home_number, other_number), (other_number, home_number));
    INSERT INTO core.residence_decision (period_id, area_id, other_id, decided_by, because)
    VALUES (decided, home_number, other_number, actor.person, left(because, 2000));
    PERFORM ledger.log_action('residence_decided', of_period, home, pair || jsonb_build_object('because', left(because, 2000)));
    DELETE FROM core.counted_list c  -- so that the next publication counts them anew, those of the year too
    WHERE c.period_id IN (decided, decided / 1000 * 1000);
    INSERT INTO core.compile_queue (period_id, stage, area_id, announced_at)
    VALUES (decided, -1, home_number, clock_timestamp()), (decided, -1, other_number, clock_timestamp());
END $$;
