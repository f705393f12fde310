-- The schemes that each indicator counts, of those that report for such a period, with the layers that it is made at (NULL:
-- all). One row an indicator and scheme.
CREATE TEMP TABLE indicator_scheme ON COMMIT DROP AS
SELECT DISTINCT part.indicator_id, s.scheme_id, s.layer_id, i.levels
FROM core.indicator_part part
JOIN core.indicator i USING (indicator_id)
JOIN core.scheme s USING (scheme_id)
JOIN core.period p ON p.period_id = :period_id
WHERE s.frequency = p.kind AND s.starts <= p.ends_on AND s.ends > p.starts_on;
ANALYZE indicator_scheme;
