-- Writes down that somebody did not get in under a name: with a wrong password, or made to wait after several. A name that
-- is no account's is not written down, because people type passwords where a name belongs.
CREATE FUNCTION ledger.log_failed_sign_in(of_name text, address text, waits boolean) RETURNS void
LANGUAGE sql SECURITY DEFINER AS $$
    SELECT ledger.log_action(
        CASE WHEN waits THEN 'sign in locked' ELSE 'sign in failed' END,
        coalesce((SELECT 'account ' || p.name FROM ledger.person p WHERE p.name = of_name), 'no account'),
        NULL, jsonb_build_object('address', address), CASE WHEN waits THEN interval '10 minutes' END)
$$;
