-- Drops all that a deploy makes anew: policies, triggers, views, functions, and mart. Tables and their rows stay.
--
-- RESTRICT, the default, is meant: a table that came to depend on a function fails here, and is not quietly changed.
DO $$
DECLARE
    statement text;
BEGIN
    FOR statement IN
        SELECT format('DROP POLICY %I ON %I.%I', policyname, schemaname, tablename)
        FROM pg_policies
        WHERE schemaname IN ('core', 'ledger')
        UNION ALL
        SELECT format('DROP TRIGGER %I ON %s', t.tgname, t.tgrelid::regclass)
        FROM pg_trigger t
        JOIN pg_class c ON c.oid = t.tgrelid
        WHERE NOT t.tgisinternal AND c.relnamespace::regnamespace::text IN ('core', 'ledger')
    LOOP
        EXECUTE statement;
    END LOOP;

    DROP SCHEMA IF EXISTS mart CASCADE;

    FOR statement IN
        SELECT 'DROP VIEW ' || string_agg(oid::regclass::text, ', ')  -- all at once: some read others
        FROM pg_class
        WHERE relkind = 'v' AND relnamespace::regnamespace::text IN ('core', 'ledger')
        HAVING count(*) > 0
    LOOP
        EXECUTE statement;
    END LOOP;

    FOR statement IN
        SELECT 'DROP ROUTINE ' || string_agg(oid::regprocedure::text, ', ')
        FROM pg_proc
        WHERE pronamespace::regnamespace::text IN ('core', 'ledger')
        HAVING count(*) > 0
    LOOP
        EXECUTE statement;
    END LOOP;
END $$;
