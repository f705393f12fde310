-- The same for Sala itself, which does in its own transaction what somebody has asked for: `who` is the number of their
-- account, `visitor`, or empty for Sala.
CREATE FUNCTION ledger.log_for(who text, action text, subject text, area_code text, detail jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    before constant text := coalesce(current_setting('sala.person', true), '');
BEGIN
    PERFORM set_config('sala.person', who, true);
    PERFORM ledger.log_action($2, $3, $4, $5);
    PERFORM set_config('sala.person', before, true);
END $$;
