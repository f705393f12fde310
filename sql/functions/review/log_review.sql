-- Writes what was done to the compilations of some areas into the audit log.
CREATE FUNCTION core.log_review(
    of_period integer, of_dataset text, areas integer[], act text, person_id integer, person text, detail jsonb
) RETURNS void LANGUAGE sql AS $$
    SELECT ledger.log_action(person_id, person, 'review.' || act, of_dataset || ' ' || p.key, a.code, detail)
    FROM core.area a
    CROSS JOIN core.period p
    WHERE a.area_id = ANY (areas) AND p.period_id = of_period
$$;
