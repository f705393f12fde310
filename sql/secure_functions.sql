-- Functions that run with their owner's rights find nothing but Postgres' own names unless a schema is said, and pg_temp
-- last: a reader's type or table of the same name is never taken for the one that is meant.
DO $$
DECLARE
    statement text;
BEGIN
    FOR statement IN
        SELECT format('ALTER FUNCTION %s SET search_path = pg_catalog, pg_temp', oid::regprocedure)
        FROM pg_proc
        WHERE prosecdef AND pronamespace IN ('core'::regnamespace, 'ledger'::regnamespace, 'mart'::regnamespace)
    LOOP
        EXECUTE statement;
    END LOOP;
END $$;
