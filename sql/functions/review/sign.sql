-- Signs a compilation for an office. With the last signature that the quorum needs it is endorsed. Returns 'signed' or
-- 'endorsed'. `seen` is the fingerprint of the page that was signed. Like every act on reviews it is one function that
-- asks core.may() itself: whoever may call it may not write the tables.
CREATE FUNCTION core.sign(
    of_period integer, of_dataset text, of_area integer, seen text, name text, in_office text DEFAULT NULL
) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET lock_timeout = '5s' AS $$
DECLARE
    actor record;
    committee core.committee;
    before core.compilation;
    moment timestamptz;
    held text;
    open_children text[];
    signed jsonb;
    added jsonb;
    endorsement integer;
BEGIN
    SELECT * INTO actor FROM core.actor(name);
    IF NOT coalesce(core.may('endorse', of_area), false) THEN
        PERFORM core.raise_refusal('not_on_committee');
    END IF;
    SELECT c.* INTO committee FROM core.committee c JOIN core.area a USING (layer_id) WHERE a.area_id = of_area;
    IF NOT FOUND THEN
        PERFORM core.raise_refusal('no_committee');
    END IF;
    -- Sala itself and a country without roles say for which office they sign
    held := coalesce(actor.role, in_office, committee.quorum[1], '');
    IF held <> ALL (committee.quorum) AND cardinality(committee.quorum) > 0 THEN
        PERFORM core.raise_refusal('not_in_quorum', jsonb_build_object('quorum', committee.quorum));
    END IF;
    PERFORM core.lock_figures(of_period, of_dataset);
    IF NOT EXISTS (SELECT FROM core.reporting r
                   WHERE r.period_id = of_period AND r.dataset = of_dataset AND r.area_id = of_area) THEN
        PERFORM core.raise_refusal('nothing_compiled');
    END IF;
    SELECT * INTO before FROM core.compilation c
    WHERE c.period_id = of_period AND c.dataset = of_dataset AND c.area_id = of_area;
    IF before.state = 'endorsed' THEN
        PERFORM core.raise_refusal('already_endorsed');
    END IF;
    IF NOT core.is_up_to_date(of_period) THEN
        PERFORM core.raise_refusal('still_compiling');
    END IF;
    SELECT array_agg(a.code ORDER BY a.code) INTO open_children
    FROM core.unsigned_child u
    JOIN core.area a ON a.area_id = u.child_id
    WHERE u.period_id = of_period AND u.dataset = of_dataset AND u.area_id = of_area;
    IF open_children IS NOT NULL THEN
        PERFORM core.raise_refusal('children_open', jsonb_build_object(
            'count', cardinality(open_children), 'areas', array_to_string(open_children[1:5], ', ')));
    END IF;
    IF core.fingerprint(of_period, of_dataset, of_area) IS DISTINCT FROM seen THEN
        PERFORM core.raise_refusal('figures_moved');
    END IF;
    moment := clock_timestamp();
    -- whoever signed other figures has not signed these
    UPDATE core.signature s SET ended_at = moment
    WHERE s.period_id = of_period AND s.dataset = of_dataset AND s.area_id = of_area AND s.ended_at = 'infinity'
      AND s.fingerprint <> seen;
    IF EXISTS (SELECT FROM core.signature s
               WHERE s.period_id = of_period AND s.dataset = of_dataset AND s.area_id = of_area
                 AND s.ended_at = 'infinity'
                 AND (s.office = held OR (s.person_id, s.person) IS NOT DISTINCT FROM (actor.person_id, actor.person))) THEN
        PERFORM core.raise_refusal('already_signed');
    END IF;
    INSERT INTO core.signature (period_id, dataset, area_id, office, person_id, person, signed_at, fingerprint)
    VALUES (of_period, of_dataset, of_area, held, actor.person_id, actor.person, moment, seen);
    IF EXISTS (SELECT FROM unnest(committee.quorum) AS wanted
               WHERE wanted NOT IN (SELECT s.office FROM core.signature s
                                    WHERE s.period_id = of_period AND s.dataset = of_dataset AND s.area_id = of_area
                                      AND s.ended_at = 'infinity')) THEN
        INSERT INTO core.review (period_id, dataset, area_id, act, state, person_id, acted_by, office, acted_at, as_known_at)
        VALUES (of_period, of_dataset, of_area, 'signed', coalesce(before.state, 'compiled'), actor.person_id,
                actor.person, held, moment, moment);
        PERFORM core.log_review(of_period, of_dataset, ARRAY[of_area], 'signed', actor.person,
                          jsonb_build_object('office', held, 'figures', seen));
        RETURN 'signed';
    END IF;
    SELECT t.totals INTO signed FROM core.totals(of_period, of_dataset, ARRAY[of_area]) t;
    IF of_dataset = 'scheme_returns' THEN  -- what is signed must be readable from the returns for ever
        SELECT jsonb_object_agg(what, n) INTO added FROM (
            SELECT concat_ws('/', s.code, c.sex, 'beneficiaries') AS what, sum(c.beneficiaries) AS n
            FROM core.cells_as_known_at(of_period, ARRAY[of_area], moment) c
            JOIN core.scheme s USING (scheme_id)
            GROUP BY s.code, c.sex
        ) AS cell;
        IF EXISTS (SELECT FROM jsonb_each(signed) AS s FULL JOIN jsonb_each(coalesce(added, '{}')) AS a USING (key)
                   WHERE key LIKE '%/beneficiaries' AND s.value IS DISTINCT FROM a.value) THEN
            PERFORM core.raise_refusal('still_compiling');
        END IF;
    END IF;
    INSERT INTO core.compilation AS c VALUES (of_period, of_dataset, of_area, 'endorsed', moment, moment)
    ON CONFLICT (period_id, dataset, area_id) DO UPDATE
        SET state = excluded.state, since = excluded.since, as_known_at = excluded.as_known_at;
    INSERT INTO core.endorsement (period_id, dataset, area_id, as_known_at, fingerprint, totals)
    VALUES (of_period, of_dataset, of_area, moment, seen, coalesce(signed, '{}'))
    RETURNING endorsement_id INTO endorsement;
    UPDATE core.signature s SET endorsement_id = endorsement
    WHERE s.period_id = of_period AND s.dataset = of_dataset AND s.area_id = of_area AND s.ended_at = 'infinity';
    INSERT INTO core.review (period_id, dataset, area_id, act, state, person_id, acted_by, office, acted_at, as_known_at)
    VALUES (of_period, of_dataset, of_area, 'endorsed', 'endorsed', actor.person_id, actor.person, held, moment, moment);
    PERFORM core.log_review(of_period, of_dataset, ARRAY[of_area], 'endorsed', actor.person,
                      jsonb_build_object('office', held, 'figures', seen, 'as_known_at', moment));
    RETURN 'endorsed';
END $$;
