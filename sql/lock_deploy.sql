-- One deploy at a time: holds the row `deploy` of core.lock until the transaction ends. Makes that table first, which no
-- migration does, because migrations are run under this lock. Whoever finds another deploy making it waits for that one.
DO $$ BEGIN
    CREATE SCHEMA IF NOT EXISTS core;
    CREATE TABLE IF NOT EXISTS core.lock (name text PRIMARY KEY);
EXCEPTION WHEN unique_violation THEN
    NULL;
END $$;

INSERT INTO core.lock VALUES ('deploy') ON CONFLICT DO NOTHING;
SELECT FROM core.lock WHERE name = 'deploy' FOR UPDATE;
