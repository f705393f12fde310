-- What stood goes in the transaction in which the archive comes: either is there whole.
SET lock_timeout = '10s';
DROP SCHEMA IF EXISTS mart, core, ledger CASCADE;
DROP TABLE IF EXISTS public.alembic_version;
