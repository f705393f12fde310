-- Whether the session may publish a newer version of a notice: it may publish where the older ones came from.
CREATE FUNCTION core.may_renew(of_number integer) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT NOT EXISTS (
        SELECT FROM core.notice n WHERE n.number = of_number AND NOT core.may('publish', n.publisher_id))
$$;
