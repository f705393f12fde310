-- What committees do. Each act is one function: whoever may call it may not write the tables, and it asks core.may()
-- itself. A refusal has SQLSTATE SALA1, a key as its message and what it is about as JSON in its detail.
--
-- Locks, always in this order: loading of the dataset's returns for the period, then publication of the period. While
-- an act holds them no return can become known with an earlier moment than the one that is signed.

CREATE OR REPLACE FUNCTION core.raise_refusal(key text, about jsonb DEFAULT '{}') RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'SALA1', MESSAGE = key, DETAIL = about::text;
END $$;

CREATE OR REPLACE FUNCTION core.lock_figures(of_period integer, of_dataset text) RETURNS void
LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock(hashtext('return ' || of_dataset), of_period);
    SELECT pg_advisory_xact_lock(-1, of_period);
$$;

-- Who acts: the person of the session, or Sala and everybody in a country without roles, under the name given.
CREATE OR REPLACE FUNCTION core.actor(name text, OUT person_id integer, OUT person text, OUT role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT m.person_id, coalesce(p.name, actor.name), m.role
    FROM core.current_grants() m
    LEFT JOIN ledger.person p ON p.person_id = m.person_id
$$;

CREATE OR REPLACE FUNCTION core.log_review(
    of_period integer, of_dataset text, areas integer[], act text, person_id integer, person text, detail jsonb
) RETURNS void LANGUAGE sql AS $$
    SELECT ledger.note(person_id, person, 'review.' || act, of_dataset || ' ' || p.key, a.code, detail)
    FROM core.area a
    CROSS JOIN core.period p
    WHERE a.area_id = ANY (areas) AND p.period_id = of_period
$$;

-- A compilation stops being endorsed; what was signed stays readable.
CREATE OR REPLACE FUNCTION core.end_signatures(of_period integer, of_dataset text, areas integer[], at timestamptz)
RETURNS void LANGUAGE sql AS $$
    UPDATE core.endorsement SET ended_at = at
    WHERE period_id = of_period AND dataset = of_dataset AND area_id = ANY (areas) AND ended_at = 'infinity';
    UPDATE core.signature SET ended_at = at
    WHERE period_id = of_period AND dataset = of_dataset AND area_id = ANY (areas) AND ended_at = 'infinity';
$$;

-- One signature. With the last one that the quorum needs the compilation is endorsed. Gives 'signed' or 'endorsed'.
CREATE OR REPLACE FUNCTION core.sign(
    of_period integer, of_dataset text, of_area integer, seen text, name text, in_office text DEFAULT NULL
) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog SET lock_timeout = '5s' AS $$
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
        PERFORM core.raise_refusal('not_allowed');
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
    IF NOT core.is_settled(of_period) THEN
        PERFORM core.raise_refusal('still_compiling');
    END IF;
    SELECT array_agg(a.code ORDER BY a.code) INTO open_children
    FROM core.unsigned_child u
    JOIN core.area a ON a.area_id = u.child_id
    WHERE u.period_id = of_period AND u.dataset = of_dataset AND u.area_id = of_area;
    IF open_children IS NOT NULL THEN
        PERFORM core.raise_refusal('children_open', jsonb_build_object(
            'n', cardinality(open_children), 'areas', array_to_string(open_children[1:5], ', ')));
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
        PERFORM core.log_review(of_period, of_dataset, ARRAY[of_area], 'signed', actor.person_id, actor.person,
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
    PERFORM core.log_review(of_period, of_dataset, ARRAY[of_area], 'endorsed', actor.person_id, actor.person,
                      jsonb_build_object('office', held, 'figures', seen, 'as_known_at', moment));
    RETURN 'endorsed';
END $$;

-- Endorsed compilations stop standing: those of `areas`, and the endorsed ones above them: every one, or where no figure
-- moved only such as want their children's endorsement. `causes` says for each area where it comes from, `files` which
-- receipts moved it (with blanks between them). Returns how many were reopened.
CREATE OR REPLACE FUNCTION core.reopen(
    of_period integer, of_dataset text, areas integer[], causes integer[], files text[], figures_moved boolean,
    because text, person_id integer, person text
) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    moment constant timestamptz := clock_timestamp();
    opened integer[];
BEGIN
    WITH RECURSIVE upwards AS (
        SELECT a.area_id, a.parent_id FROM core.area a WHERE a.area_id = ANY (areas)
        UNION
        SELECT a.area_id, a.parent_id
        FROM upwards u
        JOIN core.area a ON a.area_id = u.parent_id
        JOIN core.committee m USING (layer_id)
        WHERE figures_moved OR m.requires_children
    )
    SELECT array_agg(c.area_id) INTO opened
    FROM core.compilation c
    JOIN upwards u USING (area_id)
    WHERE c.period_id = of_period AND c.dataset = of_dataset AND c.state = 'endorsed';
    IF opened IS NULL THEN
        RETURN 0;
    END IF;
    INSERT INTO core.review (period_id, dataset, area_id, act, state, person_id, acted_by, acted_at, as_known_at,
                             reason, moved, cause_id, receipts)
    SELECT of_period, of_dataset, e.area_id, 'reopened', 'reopened', reopen.person_id, person, moment, e.as_known_at,
           because, core.differences(e.totals, coalesce(t.totals, '{}')), coalesce(o.cause, causes[1]),
           string_to_array(coalesce(o.files, reopen.files[1]), ' ')
    FROM core.endorsement e
    LEFT JOIN core.totals(of_period, of_dataset, opened) t USING (area_id)
    LEFT JOIN unnest(areas, causes, reopen.files) AS o (area_id, cause, files) USING (area_id)
    WHERE e.period_id = of_period AND e.dataset = of_dataset AND e.ended_at = 'infinity' AND e.area_id = ANY (opened);
    PERFORM core.end_signatures(of_period, of_dataset, opened, moment);
    UPDATE core.compilation c SET state = 'reopened', since = moment
    WHERE c.period_id = of_period AND c.dataset = of_dataset AND c.area_id = ANY (opened);
    PERFORM core.log_review(of_period, of_dataset, opened, 'reopened', reopen.person_id, person,
                      jsonb_strip_nulls(jsonb_build_object('files', files[1], 'reason', because)));
    RETURN cardinality(opened);
END $$;

-- A committee sends compilations of areas right below it back, with its reason. Whatever of them was endorsed no
-- longer is, and neither is the committee's own endorsement nor one above that wants its children's.
CREATE OR REPLACE FUNCTION core.send_back(
    of_period integer, of_dataset text, of_area integer, children integer[], reason text, name text
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog SET lock_timeout = '5s' AS $$
DECLARE
    actor record;
    known integer[];
    moment timestamptz;
    read_at timestamptz;
BEGIN
    SELECT * INTO actor FROM core.actor(name);
    IF NOT coalesce(core.may('return', of_area), false) THEN
        PERFORM core.raise_refusal('not_allowed');
    END IF;
    IF coalesce(reason, '') !~ '\S' THEN
        PERFORM core.raise_refusal('reason_missing');
    END IF;
    PERFORM core.lock_figures(of_period, of_dataset);
    SELECT array_agg(DISTINCT a.area_id) INTO known
    FROM core.area a
    JOIN core.reporting r USING (area_id)
    WHERE a.area_id = ANY (children) AND a.parent_id = of_area AND r.period_id = of_period AND r.dataset = of_dataset;
    IF known IS NULL OR NOT known @> children THEN
        PERFORM core.raise_refusal('not_a_child');
    END IF;
    IF EXISTS (SELECT FROM core.compilation c WHERE c.period_id = of_period AND c.dataset = of_dataset
               AND c.area_id = ANY (known) AND c.state = 'returned') THEN
        PERFORM core.raise_refusal('already_returned');
    END IF;
    moment := clock_timestamp();
    -- what came in before the last compilation was on the page; what came in since may be the correction
    SELECT coalesce(p.compiled_at, moment) INTO read_at FROM core.period p WHERE p.period_id = of_period;
    PERFORM core.reopen(of_period, of_dataset, ARRAY[of_area], ARRAY[of_area], NULL, false, reason,
                        actor.person_id, actor.person);
    PERFORM core.end_signatures(of_period, of_dataset, known, moment);
    INSERT INTO core.compilation
    SELECT of_period, of_dataset, child, 'returned', moment, read_at FROM unnest(known) AS child
    ON CONFLICT (period_id, dataset, area_id) DO UPDATE
        SET state = excluded.state, since = excluded.since, as_known_at = excluded.as_known_at;
    INSERT INTO core.review (period_id, dataset, area_id, act, state, person_id, acted_by, office, acted_at, as_known_at,
                             reason, cause_id)
    SELECT of_period, of_dataset, child, 'returned', 'returned', actor.person_id, actor.person, coalesce(actor.role, ''),
           moment, read_at, reason, of_area
    FROM unnest(known) AS child;
    PERFORM core.log_review(of_period, of_dataset, known, 'returned', actor.person_id, actor.person,
                      jsonb_build_object('reason', reason));
END $$;

-- Words about a cell, or an answer to some. Returns the comment's number.
CREATE OR REPLACE FUNCTION core.remark(
    of_period integer, of_dataset text, of_area integer, of_child integer, of_cell text, words text, name text,
    answering integer DEFAULT NULL
) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    actor record;
    asked core.comment;
    written integer;
BEGIN
    SELECT * INTO actor FROM core.actor(name);
    IF answering IS NOT NULL THEN
        SELECT * INTO asked FROM core.comment c WHERE c.comment_id = answering AND c.period_id = of_period
            AND c.dataset = of_dataset;
        IF NOT FOUND THEN
            PERFORM core.raise_refusal('no_comment');
        END IF;
        of_area := asked.area_id; of_child := asked.child_id; of_cell := asked.cell;
    END IF;
    IF NOT coalesce(core.may('draft', of_area) OR core.may('return', of_area)
                    OR answering IS NOT NULL AND (core.may('draft', of_child) OR core.may('submit', of_child)), false) THEN
        PERFORM core.raise_refusal('not_allowed');
    END IF;
    IF NOT EXISTS (SELECT FROM core.area a WHERE a.area_id = of_child AND of_area IN (a.parent_id, a.area_id)) THEN
        PERFORM core.raise_refusal('not_a_child');
    END IF;
    IF coalesce(words, '') !~ '\S' THEN
        PERFORM core.raise_refusal('words_missing');
    END IF;
    INSERT INTO core.comment (period_id, dataset, area_id, child_id, cell, answers, person_id, written_by, text)
    VALUES (of_period, of_dataset, of_area, of_child, coalesce(of_cell, ''), answering, actor.person_id, actor.person,
            left(words, 2000))
    RETURNING comment_id INTO written;
    PERFORM core.log_review(of_period, of_dataset, ARRAY[of_child], 'commented', actor.person_id, actor.person,
                      jsonb_build_object('comment', written));
    RETURN written;
END $$;

-- After a publication, at the areas of temp table `claimed` (compile/claim.sql): what moved since committees signed or
-- returned it. Where nobody has, it costs one look into an index. Returns how many compilations changed their state.
CREATE OR REPLACE FUNCTION core.notice_moves(of_period integer) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    moves record;
    changed integer := 0;
    corrections integer;
BEGIN
    IF NOT EXISTS (SELECT FROM core.compilation c WHERE c.period_id = of_period AND c.state IN ('endorsed', 'returned')) THEN
        RETURN 0;
    END IF;
    CREATE TEMP TABLE standing ON COMMIT DROP AS
    SELECT c.dataset, c.area_id, c.state, c.as_known_at
    FROM core.compilation c
    JOIN claimed USING (area_id)
    WHERE c.period_id = of_period AND c.state IN ('endorsed', 'returned');
    -- returns that came or went since the earliest of these moments, seen from every area above them
    CREATE TEMP TABLE candidate ON COMMIT DROP AS
    WITH RECURSIVE late AS MATERIALIZED (
        SELECT DISTINCT r.dataset, r.scheme_id, r.area_id
        FROM claimed
        JOIN core.return r USING (area_id)
        WHERE r.period_id = of_period
          AND r.dataset IN (SELECT dataset FROM standing)
          AND (r.known_from > (SELECT min(as_known_at) FROM standing)
               OR r.known_to < 'infinity' AND r.known_to > (SELECT min(as_known_at) FROM standing))
    ),
    upwards AS (
        SELECT DISTINCT l.area_id, l.area_id AS above_id FROM late l
        UNION ALL
        SELECT u.area_id, a.parent_id FROM upwards u JOIN core.area a ON a.area_id = u.above_id
        WHERE a.parent_id IS NOT NULL
    )
    SELECT s.dataset, s.area_id, l.area_id AS from_id, earlier.return_id AS earlier_id, present.return_id AS present_id,
           earlier.partial IS DISTINCT FROM present.partial AS differs, present.submission_id
    FROM late l
    JOIN upwards u USING (area_id)
    JOIN standing s ON s.dataset = l.dataset AND s.area_id = u.above_id
    LEFT JOIN core.return earlier
        ON earlier.area_id = l.area_id AND earlier.period_id = of_period AND earlier.dataset = l.dataset
        AND earlier.scheme_id = l.scheme_id AND earlier.known_from <= s.as_known_at AND earlier.known_to > s.as_known_at
    LEFT JOIN core.return present
        ON present.area_id = l.area_id AND present.period_id = of_period AND present.dataset = l.dataset
        AND present.scheme_id = l.scheme_id AND present.known_to = 'infinity'
    WHERE earlier.return_id IS DISTINCT FROM present.return_id;
    -- a file that says the same as the one before it moves nothing
    CREATE TEMP TABLE content ON COMMIT DROP AS
    WITH wanted AS MATERIALIZED (
        SELECT earlier_id AS return_id FROM candidate WHERE NOT differs
        UNION
        SELECT present_id FROM candidate WHERE NOT differs
    )
    SELECT return_id, sum(hashtextextended(concat_ws(' ', l.sex, l.age_group_id, l.disability, l.beneficiaries,
               coalesce(l.contributors, -1), coalesce(l.registered, -1), coalesce(l.new_enrolments, -1),
               coalesce(l.exits, -1), coalesce(l.amount_paid, -1)), 0)::numeric) AS lines
    FROM core.scheme_line l
    JOIN wanted USING (return_id)
    WHERE l.period_id = of_period
    GROUP BY return_id
    UNION ALL
    SELECT return_id, sum(hashtextextended(concat_ws(' ', l.institutional_arrangement, l.human_resources,
               l.communication_enrolment, l.process_tools, l.project_management), 0)::numeric)
    FROM core.flash_line l
    JOIN wanted USING (return_id)
    GROUP BY return_id;
    CREATE TEMP TABLE shifted ON COMMIT DROP AS
    SELECT c.dataset, c.area_id, s.state, min(c.from_id) AS from_id,
           array_to_string((array_agg(DISTINCT f.receipt) FILTER (WHERE f.receipt IS NOT NULL))[1:5], ' ') AS files
    FROM candidate c
    JOIN standing s USING (dataset, area_id)
    LEFT JOIN content e ON e.return_id = c.earlier_id
    LEFT JOIN content p ON p.return_id = c.present_id
    LEFT JOIN ledger.submission f USING (submission_id)
    WHERE c.differs OR c.earlier_id IS NULL OR c.present_id IS NULL OR e.lines IS DISTINCT FROM p.lines
    GROUP BY c.dataset, c.area_id, s.state;
    -- a population or a definition moves indicators without any return
    INSERT INTO shifted
    SELECT s.dataset, s.area_id, s.state, s.area_id, NULL
    FROM standing s
    WHERE s.dataset = 'scheme_returns' AND s.state = 'endorsed'
      AND NOT EXISTS (SELECT FROM shifted d WHERE (d.dataset, d.area_id) = (s.dataset, s.area_id))
      AND (EXISTS (SELECT FROM core.indicator_value v
                   WHERE v.period_id = of_period AND v.area_id = s.area_id AND v.known_from > s.as_known_at)
           OR EXISTS (SELECT FROM core.indicator_past v
                      WHERE v.period_id = of_period AND v.area_id = s.area_id AND v.known_to > s.as_known_at));
    FOR moves IN
        SELECT dataset, array_agg(area_id ORDER BY area_id) AS areas, array_agg(from_id ORDER BY area_id) AS causes,
               array_agg(files ORDER BY area_id) AS files
        FROM shifted WHERE state = 'endorsed' GROUP BY dataset
    LOOP
        changed := changed + core.reopen(of_period, moves.dataset, moves.areas, moves.causes, moves.files, true, NULL, NULL,
                                         'Sala');
    END LOOP;
    WITH corrected AS (
        UPDATE core.compilation c SET state = 'compiled', since = clock_timestamp()
        FROM shifted d
        WHERE c.period_id = of_period AND (c.dataset, c.area_id) = (d.dataset, d.area_id) AND d.state = 'returned'
        RETURNING c.dataset, c.area_id, d.from_id, d.files
    ),
    told AS (
        INSERT INTO core.review (period_id, dataset, area_id, act, state, acted_by, as_known_at, cause_id, receipts)
        SELECT of_period, dataset, area_id, 'corrected', 'compiled', 'Sala', clock_timestamp(), from_id,
               string_to_array(files, ' ')
        FROM corrected
        RETURNING dataset, area_id
    )
    SELECT count(core.log_review(of_period, dataset, ARRAY[area_id], 'corrected', NULL, 'Sala', '{}')) INTO corrections FROM told;
    changed := changed + corrections;
    DROP TABLE standing, candidate, content, shifted;
    RETURN changed;
END $$;

REVOKE EXECUTE ON FUNCTION
    core.sign, core.send_back, core.remark, core.reopen, core.notice_moves, core.end_signatures, core.log_review
FROM PUBLIC;
