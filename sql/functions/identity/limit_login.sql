-- Puts a personal login under its limits. Those that its owner can lift by SET only spare them a session that is ended
-- (ledger.overdue_session); connections, and room on disk where the server lets Sala set it, cannot be lifted. Sala becomes
-- a member of the login, without which it may neither watch nor end its sessions.
CREATE FUNCTION ledger.limit_login(login name) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER ROLE %I CONNECTION LIMIT 5', login);
    EXECUTE format('ALTER ROLE %I SET search_path = mart', login);
    EXECUTE format('ALTER ROLE %I SET statement_timeout = ''5min''', login);
    EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = ''1min''', login);
    EXECUTE format('ALTER ROLE %I SET idle_session_timeout = ''1h''', login);
    IF current_setting('is_superuser') = 'on' OR has_parameter_privilege('temp_file_limit', 'SET') THEN
        EXECUTE format('ALTER ROLE %I SET temp_file_limit = ''2GB''', login);
    END IF;
    IF NOT pg_has_role(login, 'USAGE') THEN
        EXECUTE format('GRANT %I TO %I', login, current_user);
    END IF;
END $$;
