-- Takes a recovery code of the current person, once.
CREATE FUNCTION ledger.take_recovery_code(of_hash bytea) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    UPDATE ledger.recovery_code SET used_at = clock_timestamp()
    WHERE person_id = core.current_person() AND hash = of_hash AND used_at IS NULL;
    IF FOUND THEN
        PERFORM ledger.log_action('use recovery code', 'own account');
    END IF;
    RETURN FOUND;
END $$;
