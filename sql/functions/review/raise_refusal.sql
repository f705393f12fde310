CREATE FUNCTION core.raise_refusal(key text, about jsonb DEFAULT '{}') RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'SALA1', MESSAGE = key, DETAIL = about::text;
END $$;
