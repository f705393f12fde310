-- Notes what somebody did to a release: in its timeline and in the audit log. Returns the number of the decision.
CREATE FUNCTION core.log_release(
    of_release integer, done core.release_act, who integer, name text, in_office text, because text DEFAULT NULL,
    of_check text DEFAULT ''
) RETURNS integer LANGUAGE sql AS $$
    INSERT INTO core.release_decision (release_id, act, about, person_id, person, office, reason)
    VALUES (of_release, done, of_check, who, name, coalesce(in_office, ''), because);
    SELECT ledger.log_action(
        'release.' || done, 'release ' || r.code, (SELECT definition ->> 'root' FROM core.country),
        jsonb_strip_nulls(jsonb_build_object(
            'content', r.content_hash, 'version', r.version, 'office', nullif(in_office, ''), 'reason', because,
            'check', nullif(of_check, ''), 'by', CASE WHEN who IS NULL THEN name END)))
    FROM core.release r WHERE r.release_id = of_release;
    SELECT max(decision_id) FROM core.release_decision WHERE release_id = of_release
$$;
