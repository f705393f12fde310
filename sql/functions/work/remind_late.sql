-- Reminds those below the session's own area who are late, of all that they owe, but nobody twice within a day. Returns how many
-- people were reminded.
CREATE FUNCTION core.remind_late() RETURNS bigint
LANGUAGE sql SECURITY DEFINER AS $$
    WITH reminded AS (
        INSERT INTO core.reminder AS m (person_id, stage, dataset, scheme_id, period, area_id, due_on, owing, asked_by)
        SELECT p.person_id, 'asked', l.dataset, l.scheme_id, l.period, l.area_id, l.due_on, l.n, who.person
        FROM core.late_below() l
        CROSS JOIN LATERAL unnest(l.person_ids) AS p (person_id)
        CROSS JOIN core.actor('') who
        ON CONFLICT (person_id, stage, dataset, scheme_id, period, area_id) DO UPDATE
        SET made_at = clock_timestamp(), read_at = NULL, owing = excluded.owing, asked_by = excluded.asked_by,
            mail = 'waiting', attempts = 0
        WHERE m.made_at < clock_timestamp() - interval '1 day'
        RETURNING m.person_id
    ), logged AS (
        SELECT ledger.log_action('remind', 'late returns', NULL, jsonb_build_object('people', count(DISTINCT person_id)))
        FROM reminded
    )
    SELECT count(DISTINCT person_id) FROM reminded CROSS JOIN logged
$$;
