-- The same for Sala itself, which does in its own transaction what a person has asked for.
CREATE FUNCTION ledger.log_for(person_id integer, action text, subject text, area_code text, detail jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    before constant text := coalesce(current_setting('sala.person', true), '');
BEGIN
    PERFORM set_config('sala.person', coalesce($1::text, ''), true);
    PERFORM ledger.log_action($2, $3, $4, $5);
    PERFORM set_config('sala.person', before, true);
END $$;
