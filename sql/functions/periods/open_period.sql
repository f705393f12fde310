-- Opens a period with its partitions. Attaching them, rather than creating them in place, lets readers go on.
CREATE FUNCTION core.open_period(id integer, key text, kind "char", starts_on date, ends_on date) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    parents text[];
    parent text;
    part text;
    hidden text;
BEGIN
    IF EXISTS (SELECT FROM core.period p WHERE p.period_id = id) THEN
        RETURN;
    END IF;
    PERFORM core.take_lock('periods');
    IF EXISTS (SELECT FROM core.period p WHERE p.period_id = id) THEN
        RETURN;
    END IF;
    INSERT INTO core.period (period_id, key, kind, starts_on, ends_on) VALUES (id, key, kind, starts_on, ends_on);
    parents := ARRAY['reporting'];
    IF kind <> 'W' THEN  -- no scheme reports for a week, and every partition costs each plan its time
        parents := parents || ARRAY['scheme_line', 'group_line', 'scheme_total', 'group_total', 'nonresponse_population', 'indicator_value', 'indicator_past'];
    END IF;
    FOREACH parent IN ARRAY parents LOOP
        part := format('%s_%s', parent, id);
        EXECUTE format('CREATE TABLE core.%I (LIKE core.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part, parent);
        EXECUTE format('ALTER TABLE core.%I ADD CHECK (period_id = %s)', part, id);
        IF parent = 'indicator_value' THEN  -- a figure that moves is changed in place
            EXECUTE format('ALTER TABLE core.%I SET (fillfactor = 45)', part);
        END IF;
        EXECUTE format('ALTER TABLE core.%I ATTACH PARTITION core.%I FOR VALUES IN (%s)', parent, part, id);
        SELECT string_agg(format('ALTER %I SET STATISTICS 0', a.attname), ', ') INTO hidden
        FROM pg_attribute a
        WHERE a.attrelid = format('core.%I', parent)::regclass AND a.attstattarget = 0;  -- sql/hidden_statistics.sql
        IF hidden IS NOT NULL THEN
            EXECUTE format('ALTER TABLE core.%I %s', part, hidden);
        END IF;
    END LOOP;
END $$;
