-- Refuses an act: SQLSTATE SALA1, the key of its words as the message, what fills their blanks as JSON in the detail
-- (transforms/review/review.py makes a Refusal of it).
CREATE FUNCTION core.raise_refusal(key text, about jsonb DEFAULT '{}') RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'SALA1', MESSAGE = key, DETAIL = about::text;
END $$;
