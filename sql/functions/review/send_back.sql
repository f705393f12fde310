-- A committee returns compilations of areas right below it, with its reason. None of them is endorsed afterwards, nor is the
-- committee's own, nor one above that wants its children's endorsement.
CREATE FUNCTION core.send_back(
    of_period integer, of_dataset text, of_area integer, children integer[], reason text, name text
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET lock_timeout = '5s' AS $$
DECLARE
    actor record;
    reported integer[];
    moment timestamptz;
    read_at timestamptz;
BEGIN
    SELECT * INTO actor FROM core.actor(name);
    IF NOT coalesce(core.may('return', of_area), false) THEN
        PERFORM core.raise_refusal('not_on_committee');
    END IF;
    IF coalesce(reason, '') !~ '\S' THEN
        PERFORM core.raise_refusal('reason_missing');
    END IF;
    PERFORM core.lock_figures(of_period, of_dataset);
    SELECT array_agg(DISTINCT a.area_id) INTO reported
    FROM core.area a
    JOIN core.reporting r USING (area_id)
    WHERE a.area_id = ANY (children) AND a.parent_id = of_area AND r.period_id = of_period AND r.dataset = of_dataset;
    IF reported IS NULL OR NOT reported @> children THEN
        PERFORM core.raise_refusal('not_a_child');
    END IF;
    IF EXISTS (SELECT FROM core.compilation c WHERE c.period_id = of_period AND c.dataset = of_dataset
               AND c.area_id = ANY (reported) AND c.state = 'returned') THEN
        PERFORM core.raise_refusal('already_returned');
    END IF;
    moment := clock_timestamp();
    -- what came in before the last compilation was on the page; what came in since may be the correction
    SELECT coalesce(p.compiled_at, moment) INTO read_at FROM core.period p WHERE p.period_id = of_period;
    PERFORM core.reopen(of_period, of_dataset, ARRAY[of_area], ARRAY[of_area], NULL, NULL, false, reason,
                        actor.person_id, actor.person);
    PERFORM core.end_signatures(of_period, of_dataset, reported, moment);
    INSERT INTO core.compilation
    SELECT of_period, of_dataset, child, 'returned', moment, read_at FROM unnest(reported) AS child
    ON CONFLICT (period_id, dataset, area_id) DO UPDATE
        SET state = excluded.state, since = excluded.since, as_known_at = excluded.as_known_at;
    INSERT INTO core.review (period_id, dataset, area_id, act, state, person_id, acted_by, office, acted_at, as_known_at,
                             reason, cause_id)
    SELECT of_period, of_dataset, child, 'returned', 'returned', actor.person_id, actor.person, coalesce(actor.role, ''),
           moment, read_at, reason, of_area
    FROM unnest(reported) AS child;
    PERFORM core.log_review(of_period, of_dataset, reported, 'returned', actor.person,
                      jsonb_build_object('reason', reason));
END $$;
