-- What returns leave out, and what that may hide. No line is no statement: it is not known, and never zero.
CREATE TABLE core.missing_line (
    return_id integer NOT NULL,
    sex "char" NOT NULL,
    age_group_id smallint NOT NULL,  -- 0: every age group that the scheme is meant for
    measure text NOT NULL  -- empty: the line itself is missing; else this measure of the line is
);
CREATE INDEX missing_line_return ON core.missing_line (return_id);

-- Returns that came and leave out what an indicator counts, at each area and below it.
CREATE TABLE core.item_nonresponse (
    period_id integer NOT NULL,
    layer_id smallint NOT NULL,
    area_id integer NOT NULL,
    indicator_id smallint NOT NULL,
    sex "char" NOT NULL,  -- T: returns that leave out anything, of whatever sex; persons stand at their sex alone
    returns integer NOT NULL,
    persons bigint  -- whom the missing lines could count; NULL where the population is not known
);
CREATE INDEX item_nonresponse_area ON core.item_nonresponse (area_id, period_id);

-- Persons whom a published total counts beyond its parts: told apart neither by sex nor by age.
ALTER TABLE core.scheme_line ADD COLUMN remainder boolean NOT NULL DEFAULT false;
