-- Who acts: the person of the session; or under the given name Sala itself, and everybody in a country without roles.
CREATE FUNCTION core.actor(name text, OUT person_id integer, OUT person text, OUT role text)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT m.person_id, coalesce(p.name, actor.name), m.role
    FROM core.current_grants() m
    LEFT JOIN ledger.person p ON p.person_id = m.person_id
$$;
