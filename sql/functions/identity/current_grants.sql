-- What this session may: its role, area, statuses and actions. One row, or none, which is nothing at all.
--
-- The functions that policies ask are PL/pgSQL because it keeps their plans for the session: a policy asks them for every
-- table of a query, and planning them each time took longer than the query. Their COST and ROWS keep the planner from
-- taking a look-up that never happens for the dearest part of a national page.
--
-- All ask session_user, which neither SET nor SET ROLE nor a function can change. The application's login sala_app names
-- the person of each transaction (SET LOCAL sala.person), a personal login is its owner, and the owner of the tables is
-- Sala itself, until it names somebody in whose stead it works (`visitor` for nobody known).
CREATE FUNCTION core.current_grants(
    OUT person_id integer, OUT role text, OUT area_id integer, OUT area_code text, OUT root boolean,
    OUT sees text[], OUT actions text[], OUT administrator text
) RETURNS SETOF record
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER COST 10 ROWS 1 AS $$
#variable_conflict use_column
DECLARE
    asking integer := core.current_person();
    country core.country;
    -- In a function of the owner's current_user is the owner.
    of_owner boolean := session_user = current_user;
    named boolean := session_user = 'sala_app' OR of_owner AND coalesce(current_setting('sala.person', true), '') <> '';
    -- a token narrows what its account may (transforms/identity/tokens.py)
    narrowed text[] := string_to_array(nullif(current_setting('sala.actions', true), ''), ',');
BEGIN
    SELECT * INTO country FROM core.country;
    IF of_owner AND NOT named OR named AND country.open THEN
        RETURN QUERY
            SELECT asking, NULL::text, a.area_id, a.code, true,
                   ARRAY['provisional', 'endorsed', 'released'],
                   ARRAY(SELECT jsonb_object_keys(country.definition -> 'actions')),
                   NULL::text
            FROM core.area a WHERE a.layer_id = 0 ORDER BY a.valid_to DESC LIMIT 1;
    ELSIF asking IS NOT NULL THEN
        RETURN QUERY
            SELECT p.person_id, r.code, a.area_id, a.code, a.layer_id = 0, r.sees,
                   ARRAY(SELECT action FROM unnest(r.actions) action WHERE narrowed IS NULL OR action = ANY (narrowed)),
                   p.administrator
            FROM ledger.person p
            JOIN core.role r ON r.code = p.role
            JOIN core.area a ON a.area_id = p.area_id
            WHERE p.person_id = asking AND p.active AND (NOT r.of_administrator OR p.administrator IS NOT NULL);
    ELSIF named THEN
        RETURN QUERY
            SELECT NULL::integer, r.code, a.area_id, a.code, true, r.sees, r.actions, NULL::text
            FROM core.role r, core.area a
            WHERE a.layer_id = 0 AND (r.visitors = 'always' OR (r.visitors = 'sample' AND country.sample))
            ORDER BY r.visitors DESC, a.valid_to DESC LIMIT 1;
    END IF;
END $$;
