-- Gives the current person a second factor, with recovery codes. False where there is one already: that one is reset first.
CREATE FUNCTION ledger.enrol_second_factor(sealed bytea, step bigint, codes bytea[]) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    enrolled integer;
BEGIN
    INSERT INTO ledger.second_factor AS f (person_id, sealed, last_step)
    SELECT core.current_person(), enrol_second_factor.sealed, step
    ON CONFLICT DO NOTHING
    RETURNING f.person_id INTO enrolled;
    IF enrolled IS NULL THEN
        RETURN false;
    END IF;
    INSERT INTO ledger.recovery_code (person_id, hash) SELECT enrolled, unnest(codes);
    PERFORM ledger.log_action('enrol second factor', 'own account');
    RETURN true;
END $$;
