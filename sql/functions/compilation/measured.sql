-- One measure of a line by its name; money in hundredths. NULL where the line does not state it. Its arguments are the
-- columns of core.scheme_line and of core.compiled_line, each once, so that Postgres puts the CASE in its place.
CREATE FUNCTION core.measured(
    measure text, beneficiaries bigint, contributors bigint, registered bigint, new_enrolments bigint, exits bigint,
    amount_paid numeric, applied bigint, refused bigint, waiting bigint, paid_on_time bigint, records_updated bigint,
    accepted bigint, first_paid bigint
) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE measure
        WHEN 'beneficiaries' THEN beneficiaries
        WHEN 'contributors' THEN contributors
        WHEN 'registered' THEN registered
        WHEN 'new_enrolments' THEN new_enrolments
        WHEN 'exits' THEN exits
        WHEN 'amount_paid' THEN (100 * amount_paid)::bigint
        WHEN 'applied' THEN applied
        WHEN 'refused' THEN refused
        WHEN 'waiting' THEN waiting
        WHEN 'paid_on_time' THEN paid_on_time
        WHEN 'records_updated' THEN records_updated
        WHEN 'accepted' THEN accepted
        WHEN 'first_paid' THEN first_paid
    END
$$;
