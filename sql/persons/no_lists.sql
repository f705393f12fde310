-- What lists of persons say at the areas of claimed, for a period without any: nothing. listed.sql fills them.

-- What standing returns count in areas whose persons a list names; by area and all above it.
CREATE TEMP TABLE listed_count (
    area_id integer, scheme_id smallint, sex "char", age_group_id smallint, beneficiaries bigint
) ON COMMIT DROP;

-- Persons of lists whom an indicator covers, sexes side by side: for certain, or (maybe) where their age is not known.
CREATE TEMP TABLE listed (
    area_id integer, indicator_id smallint, f bigint, m bigint, x bigint, u bigint,
    f_maybe bigint, m_maybe bigint, x_maybe bigint, u_maybe bigint, all_sexes bigint
) ON COMMIT DROP;

-- Of these, who could be among those whom a scheme counts without naming them.
CREATE TEMP TABLE among_listed (
    area_id integer, indicator_id smallint, scheme_id smallint, f bigint, m bigint, x bigint, u bigint, all_sexes bigint
) ON COMMIT DROP;

-- Areas below the layer that reports a scheme of which a list says who lives there; and persons of whom it knows only an
-- area above.
CREATE TEMP TABLE placed_by_list (area_id integer NOT NULL, scheme_id smallint NOT NULL) ON COMMIT DROP;
CREATE TEMP TABLE placed_above (area_id integer, indicator_id smallint, sex "char", persons bigint) ON COMMIT DROP;
