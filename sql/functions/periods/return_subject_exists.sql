-- Trigger: the scheme, the indicator and the administrator of every return exist. For all rows of a statement together,
-- because a foreign key asks row by row, and a national month is 145,000 returns. None of the three is ever deleted.
CREATE FUNCTION core.return_subject_exists() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT scheme_id FROM added EXCEPT SELECT scheme_id FROM core.scheme)
       OR EXISTS (SELECT indicator_id FROM added WHERE indicator_id > 0 EXCEPT SELECT indicator_id FROM core.indicator)
       OR EXISTS (SELECT administrator_id FROM added WHERE administrator_id > 0
                  EXCEPT SELECT administrator_id FROM core.administrator) THEN
        RAISE EXCEPTION 'a return is about a scheme, an indicator or an administrator that is not there'
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER subject_exists AFTER INSERT ON core.return REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION core.return_subject_exists();
