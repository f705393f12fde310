-- Rights that Postgres gives everybody with a login and that nobody may have in Sala's database, each as the statement
-- that takes it away. `sala migrate` runs what it may and says the rest; no row is left once a superuser has run them:
--
--     psql DATABASE --tuples-only --no-align --file sql/public_rights.sql | psql DATABASE
WITH held AS (
    -- to make tables, types or functions that are then taken for Sala's
    SELECT format('REVOKE %s ON DATABASE %I FROM PUBLIC', granted.privilege_type, d.datname) AS revoke
    FROM pg_catalog.pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) AS granted
    WHERE d.datname = current_database() AND granted.grantee = 0::oid AND granted.privilege_type IN ('TEMPORARY', 'CREATE')
    UNION ALL
    SELECT format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC', n.nspname)
    FROM pg_catalog.pg_namespace n, aclexplode(n.nspacl) AS granted
    WHERE granted.grantee = 0::oid AND granted.privilege_type = 'CREATE'
    UNION ALL
    -- of extensions
    SELECT DISTINCT format('REVOKE EXECUTE ON ALL ROUTINES IN SCHEMA %I FROM PUBLIC', n.nspname)
    FROM pg_catalog.pg_proc p
    JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace,
         aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS granted
    WHERE granted.grantee = 0::oid AND n.nspname NOT IN ('pg_catalog', 'information_schema')
    UNION ALL
    -- to fill the disk with large objects or write-ahead log, and the server's table of locks with advisory ones
    SELECT format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', string_agg(p.oid::regprocedure::text, ', ' ORDER BY p.proname))
    FROM pg_catalog.pg_proc p
    JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace,
         aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS granted
    WHERE granted.grantee = 0::oid AND n.nspname = 'pg_catalog'
      AND (p.proname ~ '^(lo_|pg_(try_)?advisory_)' OR p.proname IN ('loread', 'lowrite', 'pg_logical_emit_message'))
    HAVING count(*) > 0
)
SELECT revoke || ';' FROM held ORDER BY revoke;
