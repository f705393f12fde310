-- First day of the first period of a kind for which anybody at all has reported: before it nothing was expected. The same for
-- everybody, whatever they see.
CREATE FUNCTION core.first_reported(of_kind "char") RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT min(p.starts_on)
    FROM core.period p
    WHERE p.kind = of_kind AND EXISTS (
        SELECT FROM core.return r
        WHERE r.period_id = p.period_id
          AND r.dataset = CASE of_kind WHEN 'W' THEN 'flash_reports' ELSE 'scheme_returns' END)
$$;
