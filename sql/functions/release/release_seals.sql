-- The entries of the audit log that signed, approved and published a release, each with its seal and the one before it: who
-- has them can check the seals, and find their numbers and seals in the log. Nothing of a release that is not public.
CREATE FUNCTION core.release_seals(
    of_code text, OUT number bigint, OUT previous text, OUT content text, OUT seal text
) RETURNS SETOF record
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT a.audit_id, encode(a.previous, 'hex'), ledger.audited(a), encode(a.seal, 'hex')
    FROM ledger.audit a
    WHERE a.subject = 'release ' || of_code AND a.action IN ('release.signed', 'release.approved', 'release.released')
      AND EXISTS (SELECT FROM core.release r
                  WHERE r.code = of_code AND r.state IN ('released', 'superseded', 'withdrawn') AND NOT r.concealed)
    ORDER BY a.audit_id
$$;
