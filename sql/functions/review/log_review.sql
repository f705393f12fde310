-- Writes what was done to the compilations of some areas into the audit log. `person` is who does it where the session is
-- nobody's: Sala itself, or a country without roles.
CREATE FUNCTION core.log_review(
    of_period integer, of_dataset text, areas integer[], act text, person text, detail jsonb
) RETURNS void LANGUAGE sql AS $$
    SELECT ledger.log_action('review.' || act, of_dataset || ' ' || p.key, a.code,
                             CASE WHEN core.current_person() IS NULL THEN jsonb_build_object('by', person) || detail
                                  ELSE detail END)
    FROM core.area a
    CROSS JOIN core.period p
    WHERE a.area_id = ANY (areas) AND p.period_id = of_period
$$;
