-- A newer version comes from whoever may publish where the older one came from.
CREATE FUNCTION core.may_renew(of_number integer) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT NOT EXISTS (
        SELECT FROM core.notice n WHERE n.number = of_number AND NOT core.may('publish', n.publisher_id))
$$;
