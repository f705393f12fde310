-- Names of the open accounts with an e-mail, in whatever case: for signing in by a provider that verified it.
CREATE FUNCTION ledger.account_of_email(of_email text) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT p.name FROM ledger.person p WHERE lower(p.email) = lower(of_email) AND p.active
$$;
