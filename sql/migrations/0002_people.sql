-- Accounts, roles and who may see what. The policies stand in sql/roles/, which every deploy runs anew.
--
-- A session is somebody: the application's login `sala_app` names the person of each transaction (SET LOCAL
-- sala.person), a personal login is its owner, and the owner of the tables is Sala itself. Everything below asks
-- session_user, which neither SET nor SET ROLE nor a function can change.

-- Whether the folder declares no roles: then there are no accounts, and whoever reaches the port may do everything.
ALTER TABLE core.country ADD COLUMN open boolean NOT NULL DEFAULT false;
UPDATE core.country SET digest = '';  -- so that the next start reads the folder's roles

ALTER TABLE core.scheme ADD COLUMN administrator_code text NOT NULL DEFAULT '';

CREATE TABLE core.role (
    code text PRIMARY KEY,
    names jsonb NOT NULL,
    layers text[] NOT NULL,
    sees text[] NOT NULL,
    actions text[] NOT NULL,
    visitors text CHECK (visitors IN ('always', 'sample')),
    of_administrator boolean NOT NULL
);

-- A role that the folder no longer has gives no right, so `role` needs no foreign key.
CREATE TABLE ledger.person (
    person_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9][a-z0-9._-]{1,62}$'),
    hash text NOT NULL,  -- argon2id
    role text NOT NULL,
    area_id integer NOT NULL REFERENCES core.area,
    administrator text,  -- the scheme administrator to which the account belongs
    email text,
    language text,
    active boolean NOT NULL DEFAULT true,
    must_change boolean NOT NULL DEFAULT false,
    failed smallint NOT NULL DEFAULT 0,  -- wrong passwords since the last right one
    locked_until timestamptz,
    sessions integer NOT NULL DEFAULT 0,  -- counted up to end every session that is open
    login name UNIQUE,  -- a database login of the person's own
    demo boolean NOT NULL DEFAULT false,  -- of a sample: its password stands on the terminal of whoever runs Sala
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp()  -- of the password
);

-- Who sent a file, and for which area they could: NULL is a sender without an account.
ALTER TABLE ledger.submission
    ADD COLUMN person_id integer REFERENCES ledger.person,
    ADD COLUMN from_area_id integer REFERENCES core.area,
    ADD COLUMN from_administrator text;
CREATE INDEX submission_from_area ON ledger.submission (from_area_id);
CREATE INDEX submission_person ON ledger.submission (person_id);

-- ── Who I am ────────────────────────────────────────────────────────────────────────────────────────────────

-- These are PL/pgSQL because it keeps their plans for the session: a rule asks them for every table of a query, and
-- planning them each time took longer than the query. What they say of their rows keeps the planner from taking a
-- look-up that never happens for the dearest part of a national page.

-- The person of this session; NULL is a visitor, or Sala itself. A name given by anybody but sala_app is not heard.
CREATE FUNCTION core.current_person() RETURNS integer
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog COST 10 AS $$
BEGIN
    IF session_user = 'sala_app' THEN
        RETURN nullif(current_setting('sala.person', true), '')::integer;
    END IF;
    RETURN (SELECT p.person_id FROM ledger.person p WHERE p.login = session_user AND p.active);
END $$;

-- What this session may: no row is nothing at all.
CREATE FUNCTION core.current_grants(
    OUT person_id integer, OUT role text, OUT area_id integer, OUT area_code text, OUT root boolean,
    OUT sees text[], OUT actions text[], OUT administrator text
) RETURNS SETOF record
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog COST 10 ROWS 1 AS $$
#variable_conflict use_column
DECLARE
    asking integer := core.current_person();
    country core.country;
BEGIN
    SELECT * INTO country FROM core.country;
    -- In a function of the owner's current_user is the owner: such a session is Sala itself.
    IF session_user = current_user OR (session_user = 'sala_app' AND country.open) THEN
        RETURN QUERY
            SELECT asking, NULL::text, a.area_id, a.code, true,
                   ARRAY['provisional', 'endorsed', 'released'],
                   ARRAY['read', 'submit', 'draft', 'endorse', 'return', 'settle', 'publish', 'allocate',
                         'administer', 'query'],
                   NULL::text
            FROM core.area a WHERE a.layer_id = 0 ORDER BY a.valid_to DESC LIMIT 1;
    ELSIF asking IS NOT NULL THEN
        RETURN QUERY
            SELECT p.person_id, r.code, a.area_id, a.code, a.layer_id = 0, r.sees, r.actions, p.administrator
            FROM ledger.person p
            JOIN core.role r ON r.code = p.role
            JOIN core.area a ON a.area_id = p.area_id
            WHERE p.person_id = asking AND p.active AND (NOT r.of_administrator OR p.administrator IS NOT NULL);
    ELSIF session_user = 'sala_app' THEN
        RETURN QUERY
            SELECT NULL::integer, r.code, a.area_id, a.code, true, r.sees, r.actions, NULL::text
            FROM core.role r, core.area a
            WHERE a.layer_id = 0 AND (r.visitors = 'always' OR (r.visitors = 'sample' AND country.sample))
            ORDER BY r.visitors DESC, a.valid_to DESC LIMIT 1;
    END IF;
END $$;

-- Whether nothing needs to be looked up: the whole country, every status, every scheme.
CREATE FUNCTION core.sees_all() RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog COST 10 AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM core.current_grants() m
        WHERE m.root AND m.administrator IS NULL AND 'provisional' = ANY (m.sees));
END $$;

CREATE FUNCTION core.sees(status text) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog COST 10 AS $$
BEGIN
    RETURN EXISTS (SELECT FROM core.current_grants() m WHERE status = ANY (m.sees));
END $$;

CREATE FUNCTION core.my_administrator() RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog COST 10 AS $$
BEGIN
    RETURN (SELECT m.administrator FROM core.current_grants() m);
END $$;

-- Areas in my scope, with those that had my area's code at another time. What the functions that list say of their
-- cost is too little on purpose: the list is made once and hashed, but the planner counts it for every partition that
-- a page looks into, and would rather read whole months (2 s for 10 ms).
CREATE FUNCTION core.scope(OUT area_id integer, OUT code text, OUT mine boolean) RETURNS SETOF record
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog COST 1 ROWS 10 AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT a.area_id, a.code, a.code = m.area_code
        FROM core.current_grants() m
        JOIN core.area own ON own.code = m.area_code
        JOIN core.area a ON a.tree_left BETWEEN own.tree_left AND own.tree_right;
END $$;
CREATE VIEW core.my_scope AS SELECT area_id, code, mine FROM core.scope();

-- Areas whose provisional figures I see.
CREATE FUNCTION core.areas_seen() RETURNS SETOF integer
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog COST 1 ROWS 10 AS $$
BEGIN
    IF core.sees('provisional') THEN
        RETURN QUERY SELECT s.area_id FROM core.scope() s;
    END IF;
END $$;
CREATE VIEW core.my_areas AS SELECT area_id FROM core.areas_seen() AS area_id;

CREATE VIEW core.my_schemes AS
SELECT s.scheme_id
FROM core.current_grants() m
JOIN core.scheme s ON m.administrator IS NULL OR s.scheme_id = 0 OR s.administrator_code = m.administrator;

-- Signing and settling belong to the area's own committee (AT_HOME in countries/roles.py).
CREATE FUNCTION core.may(action text, area_id integer) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog COST 10 AS $$
BEGIN
    RETURN EXISTS (
        SELECT
        FROM core.current_grants() m
        JOIN core.area own ON own.code = m.area_code
        JOIN core.area a ON a.tree_left BETWEEN own.tree_left AND own.tree_right
        WHERE may.action = ANY (m.actions) AND a.area_id = may.area_id
          AND (a.code = own.code OR may.action NOT IN ('endorse', 'settle') OR m.role IS NULL));
END $$;

-- ── Accounts: what the application may ask before it knows who is there ─────────────────────────────────────

CREATE FUNCTION ledger.account(
    wanted text, OUT person_id integer, OUT hash text, OUT failed smallint, OUT locked_until timestamptz
) RETURNS SETOF record
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT p.person_id, p.hash, p.failed, p.locked_until
    FROM ledger.person p
    WHERE p.name = wanted AND p.active
    FOR UPDATE
$$;

CREATE FUNCTION ledger.note_sign_in(id integer, worked boolean, wait interval) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
    UPDATE ledger.person
    SET failed = CASE WHEN worked THEN 0 ELSE least(failed + 1, 30000) END,
        locked_until = CASE WHEN worked THEN NULL ELSE clock_timestamp() + wait END
    WHERE person_id = id
$$;

-- Only one's own; every session that is open ends.
CREATE FUNCTION ledger.change_password(new_hash text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
    UPDATE ledger.person
    SET hash = new_hash, must_change = false, failed = 0, locked_until = NULL, sessions = sessions + 1,
        changed_at = clock_timestamp()
    WHERE person_id = core.current_person()
$$;

REVOKE EXECUTE ON FUNCTION ledger.account, ledger.note_sign_in, ledger.change_password FROM PUBLIC;
