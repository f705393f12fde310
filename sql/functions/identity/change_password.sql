-- Sets the current person's own password, and that of their database login if they have one (`verifier`, so that the
-- password itself never comes here); every session that is open ends.
CREATE FUNCTION ledger.change_password(new_hash text, verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    own_login name;
BEGIN
    UPDATE ledger.person SET hash = new_hash, must_change = false, changed_at = clock_timestamp()
    WHERE person_id = core.current_person()
    RETURNING login INTO own_login;
    DELETE FROM ledger.session WHERE person_id = core.current_person();
    PERFORM ledger.log_action('change password', 'own account');
    IF own_login IS NOT NULL THEN
        EXECUTE format('ALTER ROLE %I PASSWORD %L', own_login, verifier);
    END IF;
END $$;
