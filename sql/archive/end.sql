-- The archive's migration, from which a newer Sala goes on; and no digest of a deploy, so that one follows.
CREATE TABLE public.alembic_version (
    version_num varchar(32) NOT NULL CONSTRAINT alembic_version_pkc PRIMARY KEY
);
INSERT INTO public.alembic_version VALUES (:'migration');
COMMENT ON SCHEMA mart IS NULL;
