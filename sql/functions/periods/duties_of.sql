-- What must be filed for a period of some kind and days, by the areas of which layer and until when: the one definition of
-- the day that a return is due. Grain: dataset, scheme (0 where it has none).
CREATE FUNCTION core.duties_of(period_kind "char", starts_on date, ends_on date) RETURNS TABLE (
    dataset text, scheme_id smallint, layer_id smallint, due_on date, grace_until date)
LANGUAGE sql STABLE AS $$
    SELECT k.dataset, k.scheme_id, k.layer_id, ends_on + k.due_days, ends_on + k.due_days + k.grace_days
    FROM core.duty_kind k
    WHERE k.frequency = period_kind AND k.starts <= ends_on AND k.ends > starts_on
$$;
